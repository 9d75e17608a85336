import { announce, byId, el } from '../shared/dom.js';
import { Problem, inWords } from '../shared/problem.js';
import { deleteEntry, entry, entryImage } from '../shared/server.js';
import { PictureActions } from './picture-actions.js';
import { factsOf } from './picture-facts.js';
import { UNRECORDED } from './thumbnail.js';

/** One picture as large as the window, with all that its entry holds. */
export class LargeView {
  #gallery;
  #actions;
  #dialog = byId('picture');
  #index = 0;
  #abort = new AbortController();
  #src = null;

  /**
   * @param {{signing: boolean, pictures: () => object[], more: () => Promise<void>,
   *     removed: (key: string) => void, closed: (index: number) => void}} gallery
   */
  constructor(gallery) {
    this.#gallery = gallery;
    this.#actions = new PictureActions(byId('picture-actions'), gallery.signing, () => this.#confirmDelete());
    byId('picture-close').addEventListener('click', () => this.close());
    byId('picture-newer').addEventListener('click', () => this.#step(-1));
    byId('picture-older').addEventListener('click', () => this.#step(1));
    this.#dialog.addEventListener('close', () => {
      this.#clear();
      gallery.closed(this.#index);
    });
    this.#dialog.addEventListener('click', ({ target }) => {
      if (target === this.#dialog) {
        this.close();
      }
    });
    this.#dialog.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step !== undefined && !event.target.closest('input, select')) {
        event.preventDefault();
        this.#step(step);
      }
    });
    byId('delete-keep').addEventListener('click', () => byId('delete-dialog').close());
    byId('delete-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#delete();
    });
  }

  open(index) {
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    this.#show(index);
  }

  close() {
    this.#dialog.close();
  }

  get #picture() {
    return this.#gallery.pictures()[this.#index];
  }

  async #step(by) {
    const index = this.#index + by;
    if (index >= this.#gallery.pictures().length) {
      await this.#gallery.more();
    }
    if (this.#dialog.open && index >= 0 && index < this.#gallery.pictures().length) {
      this.#show(index);
    }
  }

  #show(index) {
    this.#clear();
    this.#index = index;
    const picture = this.#picture;
    const signal = this.#abort.signal;
    const prompt = picture.prompt ?? UNRECORDED;
    byId('picture-title').textContent = `Picture ${index + 1}`;
    // Not disabled: what has the focus would lose it, and the arrow keys with it.
    byId('picture-newer').ariaDisabled = String(index === 0);
    byId('picture-facts').replaceChildren(...factsOf(picture));
    this.#actions.show(picture);
    this.#load(picture, prompt, signal);
    this.#tellAll(picture, signal);
    announce(prompt);
  }

  async #load(picture, prompt, signal) {
    const image = el('img', { alt: prompt, referrerPolicy: 'no-referrer' });
    byId('picture-stage').replaceChildren(el('p', { className: 'picture-wait' }, 'Loading'));
    try {
      if (!picture.hostedUrl) {
        const blob = await entryImage(picture.key, 'image', signal);
        signal.throwIfAborted();
        this.#src = URL.createObjectURL(blob);
      }
      image.src = this.#src ?? picture.hostedUrl;
      await image.decode();
      signal.throwIfAborted();
      byId('picture-stage').replaceChildren(image);
      this.#actions.downloadable(image.src, this.#src !== null);
    } catch (thrown) {
      if (!signal.aborted) {
        byId('picture-stage').replaceChildren(this.#message(Problem.from(thrown)));
      }
    }
  }

  async #tellAll({ key }, signal) {
    try {
      const whole = await entry(key, signal);
      if (!signal.aborted) {
        byId('picture-facts').replaceChildren(...factsOf(whole));
      }
    } catch (thrown) {
      if (!signal.aborted) {
        byId('picture-facts').append(this.#message(Problem.from(thrown)));
      }
    }
  }

  #message(problem) {
    const { heading, detail, advice } = inWords(problem);
    return el('div', { className: 'message' }, el('p', {}, `${heading}. ${detail} ${advice}`));
  }

  #clear() {
    this.#abort.abort();
    this.#abort = new AbortController();
    if (this.#src !== null) {
      URL.revokeObjectURL(this.#src);
      this.#src = null;
    }
  }

  #confirmDelete() {
    byId('delete-failed').textContent = '';
    byId('delete-dialog').showModal();
  }

  async #delete() {
    const { key } = this.#picture;
    try {
      await deleteEntry(key);
    } catch (thrown) {
      const problem = Problem.from(thrown);
      // Somebody else was faster: it is gone either way.
      if (problem.status !== 404) {
        const { heading, detail, advice } = inWords(problem);
        byId('delete-failed').textContent = `${heading}. ${detail} ${advice}`;
        return;
      }
    }
    byId('delete-dialog').close();
    this.#gallery.removed(key);
    this.close();
    announce('Deleted');
  }
}
