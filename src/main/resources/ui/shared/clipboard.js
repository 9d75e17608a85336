import { announce } from './dom.js';

/** Pages that came over plain HTTP from elsewhere than localhost have no clipboard of their own. */
export async function write(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'offscreen';
  const focused = document.activeElement;
  // A modal dialog makes everything outside it inert.
  (focused?.closest('dialog') ?? document.body).append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  focused?.focus();
  if (!copied) {
    throw new Error('The browser does not let this page copy.');
  }
}

/** Copies when the button is pressed, and says on the button itself whether it worked. */
export function copyOnClick(button, text) {
  button.addEventListener('click', async () => {
    try {
      await write(await text());
      show(button, 'copied', `Copied: ${button.textContent || button.ariaLabel}`);
    } catch (thrown) {
      show(button, 'not-copied', `Not copied: ${thrown.message}`);
    }
  });
}

function show(button, state, words) {
  announce(words);
  button.dataset.copy = state;
  clearTimeout(button.copyTimer);
  button.copyTimer = setTimeout(() => delete button.dataset.copy, 1600);
}
