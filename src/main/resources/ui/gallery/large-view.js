import { announce, byId, el } from '../shared/dom.js';
import { Problem, inWords } from '../shared/problem.js';
import { deleteEntry, entry, entryImage } from '../shared/server.js';
import { brief } from '../shared/wording.js';
import { PictureActions } from './picture-actions.js';
import { factsOf } from './picture-facts.js';
import { UNRECORDED } from './thumbnail.js';

/** One picture as large as the window, with all that its entry holds. */
export class LargeView {
  #gallery;
  #actions;
  #dialog = byId('picture');
  #key = '';
  #place = 0;
  #abort = new AbortController();
  #src = null;

  /**
   * @param {{signing: boolean, pictures: () => object[], more: () => Promise<void>,
   *     turned: (key: string) => void, removed: (key: string) => void,
   *     closed: (key: string, place: number) => void}} gallery
   */
  constructor(gallery) {
    this.#gallery = gallery;
    this.#actions = new PictureActions(byId('picture-actions'), gallery.signing, () => this.#confirmDelete());
    byId('picture-close').addEventListener('click', () => this.close());
    byId('picture-newer').addEventListener('click', () => this.#step(-1));
    byId('picture-older').addEventListener('click', () => this.#step(1));
    this.#dialog.addEventListener('close', () => {
      // It comes with the next frame, and may find the view open again.
      if (!this.#dialog.open) {
        this.#clear();
        gallery.closed(this.#key, this.#place);
      }
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
      this.#delete(this.#key);
    });
  }

  /** @param {string} key of a picture that may not be listed, or not yet */
  open(key) {
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    } else if (key === this.#key) {
      return;
    }
    this.#show(key);
  }

  close() {
    byId('delete-dialog').close();
    this.#dialog.close();
  }

  /** To be called when more pictures are listed. */
  listed() {
    if (this.#dialog.open) {
      this.#showPlace();
    }
  }

  get #index() {
    return this.#gallery.pictures().findIndex(({ key }) => key === this.#key);
  }

  async #step(by) {
    const from = this.#key;
    if (this.#index < 0 || this.#index + by >= this.#gallery.pictures().length) {
      await this.#gallery.more();
    }
    const next = this.#index < 0 ? undefined : this.#gallery.pictures()[this.#index + by];
    if (this.#dialog.open && from === this.#key && next !== undefined) {
      this.#gallery.turned(next.key);
      this.#show(next.key);
    }
  }

  async #show(key) {
    this.#clear();
    this.#key = key;
    const signal = this.#abort.signal;
    this.#showPlace();
    byId('picture-stage').replaceChildren(el('p', { className: 'picture-wait' }, 'Loading'));
    const listed = this.#gallery.pictures()[this.#index];
    if (listed === undefined) {
      this.#actions.clear();
      byId('picture-facts').replaceChildren();
    } else {
      this.#tell(listed);
      this.#load(listed, signal);
      announce(brief(listed.prompt ?? UNRECORDED));
    }
    try {
      const whole = await entry(key, signal);
      signal.throwIfAborted();
      if (listed === undefined) {
        this.#tell(whole);
        this.#load(whole, signal);
      } else {
        byId('picture-facts').replaceChildren(...factsOf(whole));
        this.#actions.complete(whole);
      }
    } catch (thrown) {
      if (!signal.aborted) {
        const message = this.#message(Problem.from(thrown));
        if (listed === undefined) {
          byId('picture-stage').replaceChildren(message);
        } else {
          byId('picture-facts').append(message);
        }
      }
    }
  }

  #showPlace() {
    this.#place = this.#index;
    byId('picture-title').textContent = this.#place < 0 ? 'Picture' : `Picture ${this.#place + 1}`;
    // Not disabled: what has the focus would lose it, and the arrow keys with it.
    byId('picture-newer').ariaDisabled = String(this.#place <= 0);
  }

  #tell(picture) {
    byId('picture-facts').replaceChildren(...factsOf(picture));
    this.#actions.show(picture);
  }

  async #load(picture, signal) {
    const image = el('img', { alt: brief(picture.prompt ?? UNRECORDED), referrerPolicy: 'no-referrer' });
    try {
      let blob = null;
      if (!picture.hostedUrl) {
        blob = await entryImage(picture.key, 'image', signal);
        signal.throwIfAborted();
        this.#src = URL.createObjectURL(blob);
      }
      image.src = this.#src ?? picture.hostedUrl;
      await image.decode();
      signal.throwIfAborted();
      byId('picture-stage').replaceChildren(image);
      this.#actions.downloadable(image.src, blob);
    } catch (thrown) {
      if (!signal.aborted) {
        byId('picture-stage').replaceChildren(this.#message(Problem.from(thrown)));
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

  async #delete(key) {
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
    if (key === this.#key) {
      this.close();
    }
    announce('Deleted');
  }
}
