import { byId } from './dom.js';
import { tab } from './storage.js';

const WORDING = {
  access: {
    title: 'Access key',
    why: 'Painting costs the owner of this server something, so it asks for a key. Whoever runs the server has it.',
  },
  admin: {
    title: 'Admin token',
    why: 'What everybody asked for, spent and may have is for admins, so it asks for a token. Whoever runs the server has it.',
  },
};

/** The access key and the admin token. They live in this tab and nowhere else. */
class Keys extends EventTarget {
  #rejected = new Set();
  #asking = null;

  /** @param {'access' | 'admin'} kind */
  get(kind) {
    return tab.get(`nectar.${kind}`);
  }

  set(kind, value) {
    tab.set(`nectar.${kind}`, value);
    this.#rejected.delete(kind);
    this.dispatchEvent(new Event('change'));
  }

  /** Takes what the demo tells everybody; it keeps an admin token of the operator's own to itself. */
  signIn(told) {
    Object.entries(told)
      .filter(([, value]) => value !== undefined)
      .forEach(([kind, value]) => this.set(kind, value));
  }

  forget(kind) {
    tab.remove(`nectar.${kind}`);
    this.dispatchEvent(new Event('change'));
  }

  /** Forgets a key that the server refused; the next question says so. */
  reject(kind) {
    this.#rejected.add(kind);
    this.forget(kind);
  }

  /**
   * The key, asked for if it is not known.
   *
   * @returns {Promise<string | null>} null if whoever was asked would not tell
   */
  async need(kind) {
    if (this.get(kind) === null) {
      // Two questions at once would be two dialogs.
      await this.#asking;
    }
    if (this.get(kind) === null) {
      this.#asking = this.#ask(kind);
      await this.#asking;
    }
    return this.get(kind);
  }

  #ask(kind) {
    const dialog = byId('key-dialog');
    const input = byId('key-input');
    byId('key-title').textContent = WORDING[kind].title;
    byId('key-why').textContent = WORDING[kind].why;
    byId('key-rejected').hidden = !this.#rejected.has(kind);
    input.value = '';
    dialog.showModal();
    byId('key-cancel').onclick = () => dialog.close();
    return new Promise((resolve) => {
      const submitted = (event) => {
        event.preventDefault();
        this.set(kind, input.value.trim());
        dialog.close();
      };
      byId('key-form').addEventListener('submit', submitted);
      dialog.addEventListener(
        'close',
        () => {
          byId('key-form').removeEventListener('submit', submitted);
          input.value = '';
          resolve();
        },
        { once: true },
      );
    });
  }
}

export const keys = new Keys();
