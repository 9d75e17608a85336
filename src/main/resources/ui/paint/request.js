/** What a request may hold beside its prompt, in the order of its URL. */
export const PARAMETERS = [
  'width',
  'height',
  'model',
  'seed',
  'quality',
  'background',
  'output_format',
  'style',
  'negative_prompt',
  'guidance_scale',
  'enhance',
  'image',
  'mask',
];

/** What is longer may not pass what lies between here and the server: it is sent as a body. */
const SAFE_URL = 7000;

/** What is longer the server itself takes for no URL. */
const LONGEST_URL = 60_000;

/** Controls, blanks and invisible signs of other scripts stay encoded. */
const READABLE = /[^\p{ASCII}\p{C}\p{Z}]/u;

/**
 * A request as the form holds it: `prompt` and the parameters, each a text, left out where it is
 * empty. What is painted from pictures that are files has `uploads` in the place of `image` and
 * `mask`: each a file, or the URL of one.
 *
 * @typedef {Record<string, string> & {uploads?: {images: (File | string)[], mask: File | string | null}}} ImageRequest
 */

/** @returns {ImageRequest} what is given, in order, without what is empty */
export function tidy(values) {
  const request = { prompt: values.prompt ?? '' };
  for (const name of PARAMETERS) {
    const value = String(values[name] ?? '').trim();
    if (value !== '') {
      request[name] = value;
    }
  }
  return request;
}

/** The request as a query, as the page's own address carries it. */
export function toQuery(request) {
  return new URLSearchParams(tidy(request));
}

function encode(text) {
  return encodeURIComponent(text.toWellFormed());
}

/** Where its image is, relative to this page. */
export function toPath(request, encoding = encode) {
  const query = PARAMETERS.filter((name) => name in request)
    .map((name) => `${name}=${encoding(request[name])}`)
    .join('&');
  return `prompt/${encoding(request.prompt)}${query ? `?${query}` : ''}`;
}

/** The same, with the letters of every script as people read them. */
export function toReadablePath(request) {
  return toPath(request, (text) => [...text.toWellFormed()].map((sign) => (READABLE.test(sign) ? sign : encode(sign))).join(''));
}

/** A URL of which some letters were left readable, or a part of one, as it is sent. */
export function encoded(url) {
  return url.replace(/\P{ASCII}+/gu, encode);
}

/** Whether a URL is one that servers take. */
export function isUsable(url) {
  return url.length <= LONGEST_URL;
}

/**
 * How its image is asked for.
 *
 * @returns {{path: string, method?: string, headers?: Record<string, string>, body?: string | FormData}}
 */
export function toOrder(request) {
  if (request.uploads) {
    return { path: 'prompt', method: 'POST', body: toForm(request) };
  }
  const path = toPath(request);
  return path.length <= SAFE_URL
    ? { path }
    : { path: 'prompt', method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(request) };
}

function toForm(request) {
  const form = new FormData();
  formFields(request).forEach(([name, value]) => form.append(name, value));
  return form;
}

/** @returns {[string, File | string][]} what a form that brings files holds */
export function formFields({ uploads, ...request }) {
  return [
    ...Object.entries(tidy(request)),
    ...uploads.images.map((image) => ['image', image]),
    ...(uploads.mask === null ? [] : [['mask', uploads.mask]]),
  ];
}

/** A path of the server's as a whole URL: a proxy may have put a prefix before it. */
export function absolute(url) {
  return new URL(url.startsWith('/') ? `.${url}` : url, document.baseURI).href;
}

/** Width by height, or 1 if the back end chooses. */
export function aspectRatio({ width, height }) {
  return width || height ? Number(width || 1024) / Number(height || 1024) : 1;
}

/** Width and height for people. */
export function sizeText({ width, height }) {
  return width || height ? `${width || 1024} × ${height || 1024}` : 'any';
}

/** A new seed. */
export function rollSeed() {
  return String(crypto.getRandomValues(new Uint32Array(1))[0] >>> 1);
}
