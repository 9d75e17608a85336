import { byId, el } from '../shared/dom.js';
import { copyOnClick, write } from '../shared/clipboard.js';
import { sign } from '../shared/server.js';
import { absolute, encoded, isUsable, toPath, toReadablePath } from './request.js';

/** What is longer nobody reads; the button copies all of it. */
const SHOWN = 2000;

/** The URL of what the form holds: written so that people can read it, copied as programs need it. */
export class AddressBar {
  #element = byId('address');
  #request = { prompt: '' };
  #signing;

  /** @param {boolean} signing whether there are URLs that need no key */
  constructor(signing) {
    this.#signing = signing;
    copyOnClick(byId('copy-address'), () => {
      if (!this.#hasUrl()) {
        throw new Error(this.#request.uploads ? 'Pictures that are files have no URL.' : 'The prompt is too long for a URL.');
      }
      return this.#link();
    });
    this.#element.addEventListener('copy', (event) => {
      const selected = getSelection().toString();
      const whole = selected === this.#element.textContent;
      event.clipboardData.setData('text/plain', whole ? this.#url() : encoded(selected));
      event.preventDefault();
      if (whole && this.#hasUrl()) {
        // It takes a moment; until then there is the one that needs the key.
        this.#link().then(write).catch(() => {});
      }
    });
  }

  show(request) {
    this.#request = request;
    byId('verb').textContent = this.#hasUrl() ? 'GET' : 'POST';
    if (!this.#hasUrl()) {
      this.#element.replaceChildren(absolute('/prompt'), this.#request.uploads ? ' with pictures as files' : ' with a prompt that is too long for a URL');
      return;
    }
    const [prompt, query] = toReadablePath(request).slice('prompt/'.length).split('?', 2);
    // On its own, so that a script from right to left leaves the rest in order.
    this.#element.replaceChildren(absolute('/prompt/'), el('mark', { dir: 'auto' }, prompt.slice(0, SHOWN)), query ? `?${query.slice(0, SHOWN)}` : '');
  }

  /** What works elsewhere, too. */
  async #link() {
    return (this.#signing && (await sign(this.#request))) || this.#url();
  }

  #url() {
    return absolute(toPath(this.#request));
  }

  #hasUrl() {
    return !this.#request.uploads && isUsable(this.#url());
  }
}
