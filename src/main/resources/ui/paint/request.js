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
];

/**
 * A request as the form holds it: `prompt` and the parameters, each a text, left out where it is
 * empty.
 *
 * @typedef {Record<string, string>} ImageRequest
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
  return new URLSearchParams(request);
}

function encode(text) {
  return encodeURIComponent(text.toWellFormed());
}

/** Where its image is, relative to this page. */
export function toPath(request) {
  const query = PARAMETERS.filter((name) => name in request)
    .map((name) => `${name}=${encode(request[name])}`)
    .join('&');
  return `prompt/${encode(request.prompt)}${query ? `?${query}` : ''}`;
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
