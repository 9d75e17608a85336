import { keys } from './keys.js';
import { Problem } from './problem.js';

/** In milliseconds: who asks every few seconds does not wait for ever. */
const PATIENCE = 10_000;

/**
 * What the page asks the server; every path is relative, as the server may stand under a prefix.
 *
 * @param {string} path without a slash at its beginning
 * @returns {Promise<Response>} only an answer that is 2xx
 * @throws {Problem} and the signal's reason once it is aborted
 */
async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(`./${path}`, { referrerPolicy: 'no-referrer', ...options });
  } catch (thrown) {
    throw thrown instanceof TypeError || thrown.name === 'TimeoutError' ? Problem.unreachable() : thrown;
  }
  if (!response.ok) {
    throw await Problem.of(response);
  }
  return response;
}

/** Asks with a key; one that is refused is forgotten. */
async function askWith(kind, header, path, options = {}) {
  try {
    return await ask(path, { ...options, headers: { ...options.headers, ...header(keys.get(kind)) } });
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 401) {
      keys.reject(kind);
    }
    throw thrown;
  }
}

async function json(answer) {
  const answered = await answer;
  try {
    return await answered.json();
  } catch (thrown) {
    // It broke off on the way, or something between here and there answered in its place.
    throw thrown.name === 'AbortError' ? thrown : Problem.unreachable();
  }
}

function soon(signal) {
  return AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]);
}

/** Asks as somebody who may have pictures painted. */
export function askAsClient(path, options) {
  return askWith('access', (key) => ({ Authorization: `Bearer ${key ?? ''}` }), path, options);
}

/** Asks as an admin. */
export async function askAsAdmin(path, options) {
  try {
    return await askWith('admin', (token) => ({ 'X-Admin-Token': token ?? '' }), path, options);
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 429) {
      thrown.advice = 'Too many wrong tokens came from here. Try again in a minute.';
    }
    throw thrown;
  }
}

export function config() {
  return json(ask('ui/config.json', { signal: soon() }));
}

export function models() {
  return json(ask('models'));
}

export function status(signal) {
  return json(ask('status', { signal: soon(signal) }));
}

export function history(signal) {
  return json(ask('status/history', { signal: soon(signal) }));
}

/** The last attempts that brought no picture, newest first. */
export function failures() {
  return json(askAsAdmin('admin/failures'));
}

/** The newest entries after a cursor, only those whose prompt holds the text. */
export function entries({ after, text, signal }) {
  const query = new URLSearchParams({ limit: '60' });
  if (after !== null) {
    query.set('after', after);
  }
  if (text !== '') {
    query.set('q', text);
  }
  return json(askAsAdmin(`admin/entries?${query}`, { signal }));
}

export function entry(key, signal) {
  return json(askAsAdmin(`admin/entries/${encodeURIComponent(key)}`, { signal }));
}

export function deleteEntry(key) {
  return askAsAdmin(`admin/entries/${encodeURIComponent(key)}`, { method: 'DELETE' });
}

/** @param {'thumbnail' | 'image'} what */
export async function entryImage(key, what, signal) {
  return (await askAsAdmin(`admin/entries/${encodeURIComponent(key)}/${what}`, { signal })).blob();
}

/**
 * The signed URL of a request, to be used without a key.
 *
 * @returns {Promise<string | null>} null if whoever was asked for the key would not tell
 */
export async function sign(request) {
  if ((await keys.need('access')) === null) {
    return null;
  }
  const answer = await askAsClient('sign', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...request, seed: Number(request.seed ?? 42) }),
  });
  return (await answer.json()).url;
}
