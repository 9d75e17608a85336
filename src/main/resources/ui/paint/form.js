import { byId } from '../shared/dom.js';
import { models } from '../shared/server.js';
import { Inputs } from './inputs.js';
import { checkLengths } from './limits.js';
import { PARAMETERS, rollSeed, tidy } from './request.js';
import { PRESETS, presetOf } from './sizes.js';

const SIMPLE = PARAMETERS.filter((name) => !['width', 'height', 'image', 'mask'].includes(name));
const FOLDED = ['quality', 'background', 'output_format', 'style', 'negative_prompt', 'guidance_scale', 'enhance'];

/** The form in which a request is put together. */
export class RequestForm {
  #form = byId('request');
  #inputs;

  /**
   * @param {() => void} onChange whenever what it holds is another request
   * @param {() => void} onSubmit
   */
  constructor(onChange, onSubmit) {
    this.#inputs = new Inputs(onChange);
    this.#form.addEventListener('input', () => {
      this.#showFreeSize();
      this.#checkLengths();
      onChange();
    });
    // What is folded away could not say what is wrong with it.
    byId('advanced').addEventListener('invalid', () => (byId('advanced').open = true), true);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#inputs.addTyped()) {
        onSubmit();
      }
    });
    document.addEventListener('keydown', (event) => {
      const here = !byId('paint').hidden && document.querySelector('dialog[open]') === null;
      if (here && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
    if (navigator.platform.startsWith('Mac')) {
      byId('submit-keys').textContent = '⌘ ↵';
    }
    byId('dice').addEventListener('click', () => {
      this.#field('seed').value = rollSeed();
      onChange();
    });
    byId('examples').addEventListener('click', ({ target }) => {
      if (target instanceof HTMLButtonElement) {
        this.#field('prompt').value = target.dataset.prompt;
        this.#checkLengths();
        onChange();
        this.#form.requestSubmit();
      }
    });
    this.#suggestModels();
  }

  /** @returns {import('./request.js').ImageRequest} */
  read() {
    const values = { prompt: this.#field('prompt').value.trim() };
    const preset = PRESETS.find(({ name }) => name === this.#field('size').value);
    values.width = preset?.width ?? this.#field('width').value;
    values.height = preset?.height ?? this.#field('height').value;
    SIMPLE.forEach((name) => {
      values[name] = this.#field(name).value;
    });
    const { uploads, ...named } = this.#inputs.read();
    return { ...tidy({ ...values, ...named }), ...(uploads ? { uploads } : {}) };
  }

  /** @param {import('./picture.js').Handed} picture to be changed by the prompt */
  edit(picture) {
    this.#inputs.putFirst(picture);
    this.#field('prompt').focus();
    this.#field('prompt').select();
  }

  /** @param {import('./request.js').ImageRequest} request */
  fill(request) {
    const { prompt, width = '', height = '' } = request;
    const size = presetOf(width, height);
    this.#field('prompt').value = prompt;
    this.#field('size').value = size;
    this.#field('width').value = width;
    this.#field('height').value = height;
    SIMPLE.forEach((name) => {
      this.#field(name).value = request[name] ?? '';
    });
    this.#inputs.fill(request);
    byId('advanced').open ||= FOLDED.some((name) => name in request);
    this.#showFreeSize();
    this.#checkLengths();
  }

  #checkLengths() {
    checkLengths((name) => this.#field(name), byId('prompt-limit'));
  }

  #field(name) {
    return this.#form.elements.namedItem(name);
  }

  /** A hidden field that is out of bounds would keep the form from being sent without a word. */
  #showFreeSize() {
    const free = this.#field('size').value === 'free';
    byId('free-size').hidden = !free;
    this.#field('width').disabled = !free;
    this.#field('height').disabled = !free;
  }

  /** They are a convenience: without them any name may still be typed. */
  async #suggestModels() {
    const names = await models().catch(() => []);
    byId('models').replaceChildren(...names.map((name) => new Option(name, name)));
  }
}
