import { el } from '../shared/dom.js';
import { entryImage } from '../shared/server.js';
import { brief } from '../shared/wording.js';

/** What stands for a picture whose prompt nobody wrote down. */
export const UNRECORDED = 'Prompt not recorded';

/** A small picture on the wall. It is fetched with the admin token, so no URL of it holds one. */
export class Thumbnail {
  #abort = new AbortController();
  #src = null;

  constructor(entry, width, onOpen) {
    const prompt = entry.prompt ?? UNRECORDED;
    this.element = el(
      'div',
      { className: 'thumbnail', role: 'listitem', tabIndex: -1 },
      el(
        'button',
        { type: 'button', onclick: onOpen, ariaLabel: brief(prompt) },
        el('span', { className: 'thumbnail-prompt', dir: 'auto', 'aria-hidden': 'true' }, prompt),
      ),
    );
    this.element.style.width = `${width}px`;
    this.element.addEventListener('focus', () => this.element.firstChild.focus());
    this.#load(entry);
  }

  async #load({ key }) {
    try {
      const blob = await entryImage(key, 'thumbnail', this.#abort.signal);
      if (this.#abort.signal.aborted) {
        return;
      }
      this.#src = URL.createObjectURL(blob);
      this.element.firstChild.prepend(el('img', { src: this.#src, alt: '', draggable: false }));
    } catch {
      // Its prompt stands in its place.
      this.element.classList.add('bare');
    }
  }

  release() {
    this.#abort.abort();
    if (this.#src !== null) {
      URL.revokeObjectURL(this.#src);
    }
  }
}
