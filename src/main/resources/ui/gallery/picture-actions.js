import { el, icon } from '../shared/dom.js';
import { copyOnClick } from '../shared/clipboard.js';
import { sign } from '../shared/server.js';
import { fileName } from '../paint/embed.js';
import { handover, joined } from '../paint/picture.js';
import { absolute, tidy, toPath, toQuery } from '../paint/request.js';
import { UNRECORDED } from './thumbnail.js';

/** What may be done with a picture in the large view. */
export class PictureActions {
  #element;
  #signing;
  #onDelete;
  #picture = null;
  #download = null;
  #open = null;
  #blob = null;

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
    this.#blob = null;
    this.#open = el('a', { className: 'button', href: this.#paintAddress() }, 'Open in Paint');
    const edit = el('button', { type: 'button', title: 'Paint another one from this', onclick: () => this.#edit() }, icon('brush'), 'Edit this');
    this.#download = el('a', { className: 'button', role: 'link', ariaDisabled: 'true' }, icon('download'), 'Download');
    const copy = el('button', { type: 'button' }, icon('copy'), 'Copy URL');
    copyOnClick(copy, () => this.#url());
    this.#element.replaceChildren(
      ...(!picture.prompt
        ? []
        : [copy, this.#open]),
      edit,
      this.#download,
      el('button', { type: 'button', className: 'danger', onclick: this.#onDelete }, 'Delete'),
    );
  }

  /** All of the same picture, of which a list tells less. */
  complete(picture) {
    this.#picture = picture;
    this.#open.href = this.#paintAddress();
  }

  /** @param {Blob | null} blob that `src` leads to; null if it is at somebody's host */
  downloadable(src, blob) {
    this.#blob = blob;
    const { prompt, seed, contentType } = this.#picture;
    this.#download.removeAttribute('role');
    this.#download.ariaDisabled = null;
    this.#download.href = src;
    if (blob !== null) {
      this.#download.download = fileName(prompt ?? '', seed ?? '42', contentType);
    } else {
      Object.assign(this.#download, { target: '_blank', rel: 'noopener noreferrer' });
    }
  }

  #paintAddress() {
    return `#/paint?${toQuery(this.#request())}`;
  }

  #request() {
    const { inputs = [], mask = null, ...picture } = this.#picture;
    const named = ({ sha256 }) => `sha256:${sha256}`;
    return tidy({ ...picture.extras, ...picture, image: joined(inputs.map(named)), mask: mask === null ? '' : named(mask) });
  }

  async #edit() {
    const { prompt, hostedUrl } = this.#picture;
    const blob = this.#blob;
    if (!prompt && !hostedUrl && blob === null) {
      return;
    }
    const url = prompt || hostedUrl ? await this.#url() : '';
    handover.put({ url, blob, name: prompt ?? UNRECORDED });
    location.hash = '#/paint';
  }

  async #url() {
    if (this.#picture.hostedUrl) {
      return this.#picture.hostedUrl;
    }
    const request = this.#request();
    return (this.#signing && (await sign(request))) || absolute(toPath(request));
  }
}
