import { count } from '../shared/wording.js';

/** In characters, as the server counts them: code points. */
const LIMITS = { prompt: 32_000, negative_prompt: 32_000, model: 200 };

/**
 * Says what is too long instead of cutting it, and keeps the form from being sent.
 *
 * @param {(name: string) => HTMLInputElement | HTMLTextAreaElement} field
 * @param {HTMLElement} message where it is said of the prompt
 */
export function checkLengths(field, message) {
  for (const [name, most] of Object.entries(LIMITS)) {
    const length = [...field(name).value.trim()].length;
    const words = length > most ? `${count(length)} characters are ${count(length - most)} too many.` : '';
    field(name).setCustomValidity(words);
    field(name).ariaInvalid = words === '' ? null : 'true';
    if (name === 'prompt' && message.textContent !== words) {
      message.textContent = words;
    }
  }
}
