import { el, icon } from '../shared/dom.js';
import { copyOnClick } from '../shared/clipboard.js';
import { sign } from '../shared/server.js';
import { fileName } from '../paint/embed.js';
import { absolute, tidy, toPath, toQuery } from '../paint/request.js';

/** What may be done with a picture in the large view. */
export class PictureActions {
  #element;
  #signing;
  #onDelete;
  #picture = null;
  #download = null;

  constructor(element, signing, onDelete) {
    this.#element = element;
    this.#signing = signing;
    this.#onDelete = onDelete;
  }

  clear() {
    this.#element.replaceChildren();
  }

  show(picture) {
    this.#picture = picture;
    this.#download = el('a', { className: 'button', role: 'link', ariaDisabled: 'true' }, icon('download'), 'Download');
    const copy = el('button', { type: 'button' }, icon('copy'), 'Copy URL');
    copyOnClick(copy, () => this.#url());
    this.#element.replaceChildren(
      ...(!picture.prompt
        ? []
        : [copy, el('a', { className: 'button', href: `#/paint?${toQuery(this.#request())}` }, 'Open in Paint')]),
      this.#download,
      el('button', { type: 'button', className: 'danger', onclick: this.#onDelete }, 'Delete'),
    );
  }

  /** @param {boolean} own whether it is a file of this tab, not somebody's host */
  downloadable(src, own) {
    const { prompt, seed, contentType } = this.#picture;
    this.#download.removeAttribute('role');
    this.#download.ariaDisabled = null;
    this.#download.href = src;
    if (own) {
      this.#download.download = fileName(prompt ?? '', seed ?? '42', contentType);
    } else {
      Object.assign(this.#download, { target: '_blank', rel: 'noopener noreferrer' });
    }
  }

  #request() {
    return tidy({ ...this.#picture.extras, ...this.#picture });
  }

  async #url() {
    if (this.#picture.hostedUrl) {
      return this.#picture.hostedUrl;
    }
    const request = this.#request();
    return (this.#signing && (await sign(request))) || absolute(toPath(request));
  }
}
