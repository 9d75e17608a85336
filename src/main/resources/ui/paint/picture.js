/** Between the URLs of several pictures, as the server takes them. */
const SEPARATOR = /\||,(?=\s*(?:[a-z][a-z0-9+.-]*:\/\/|data:|sha256:))/i;

const TYPES = ['image/png', 'image/jpeg', 'image/webp'];

/** Something to paint from: a URL or a file of this computer. */
export class Picture {
  #src = null;

  /**
   * @param {{url?: string, file?: File, preview?: Blob, name: string}} of one of the first two;
   *     `preview` shows a URL that only those with the key may open
   */
  constructor({ url = '', file = null, preview = file, name }) {
    this.url = url;
    this.file = file;
    this.name = name;
    this.preview = preview;
  }

  static ofFile(file) {
    return new Picture({ file, name: file.name });
  }

  static ofUrl(url, preview = undefined, name = nameOf(url)) {
    return new Picture({ url, preview, name });
  }

  /** Where the page itself may have it from; empty if nowhere. */
  get src() {
    this.#src ??= this.preview ? URL.createObjectURL(this.preview) : /^https?:/i.test(this.url) ? this.url : '';
    return this.#src;
  }

  /** What the server is told. */
  get source() {
    return this.file ?? this.url;
  }

  release() {
    if (this.preview && this.#src !== null) {
      URL.revokeObjectURL(this.#src);
      this.#src = null;
    }
  }
}

/**
 * A picture that was made, to paint from: where the server has it, and its bytes where this tab
 * holds them.
 *
 * @typedef {{url: string, blob: Blob | null, name: string}} Handed
 */

let handed = null;

/** What another view gives the one that paints. */
export const handover = {
  /** @param {Handed} picture */
  put(picture) {
    handed = picture;
  },

  /** @returns {Handed | null} once */
  take() {
    const taken = handed;
    handed = null;
    return taken;
  },
};

/** Whether the server takes such files. */
export function isPicture(file) {
  return TYPES.includes(file.type);
}

/** @returns {string | null} the URL as it may stand among others; null if it is none of a picture */
export function pictureUrl(text) {
  try {
    const url = new URL(text.trim());
    const known = ['http:', 'https:'].includes(url.protocol) && url.username === '';
    return known ? url.href.replaceAll('|', '%7C').replace(/,(?=[a-z][a-z0-9+.-]*:)/gi, '%2C') : null;
  } catch {
    return null;
  }
}

export function joined(urls) {
  return urls.join('|');
}

export function separated(text) {
  return text
    .split(SEPARATOR)
    .map((url) => url.trim())
    .filter((url) => url !== '');
}

function nameOf(url) {
  if (!URL.canParse(url) || !/^https?:/i.test(url)) {
    return 'An earlier upload';
  }
  const { hostname, pathname } = new URL(url);
  const last = pathname.split('/').findLast((part) => part !== '');
  try {
    return decodeURIComponent(last ?? hostname);
  } catch {
    // Not every server's percent signs are escapes.
    return last;
  }
}
