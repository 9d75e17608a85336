import { pause } from '../shared/patience.js';
import { Problem } from '../shared/problem.js';
import { askAsClient, sign } from '../shared/server.js';
import { eventsOf } from './events.js';
import { absolute, isUsable, tidy, toOrder, toPath } from './request.js';

const STAGES = new Map([
  ['queued', () => 'Waiting in line'],
  ['optimizing', () => 'Improving the prompt'],
  ['generating', ({ attempt, of }) => (of > 1 ? `Painting, attempt ${attempt} of ${of}` : 'Painting')],
  ['refused', () => 'A back end refused the content'],
  ['rewriting', () => 'Rewording the refused prompt'],
  ['fallback', () => 'Asking the fallback'],
  ['storing', () => 'Keeping the picture'],
]);

/** In milliseconds: what is waited before asking again, each time that the connection broke off. */
const PAUSES = [500, 1000, 2000, 4000, 4000, 4000];

/** The stream of events ended before its end. */
class BrokenOff extends Error {}

/**
 * Has an image made and follows it. Where the connection breaks off, it asks for the same again,
 * which joins what is under way or finds what was made.
 *
 * @param {import('./request.js').ImageRequest} request
 * @param {(stage: {name: string, words: string}) => void} onStage
 * @returns {Promise<{source: string, seed: number, cache: string, milliseconds: number, url: string,
 *     etag?: string}>}
 * @throws {Problem} if there is no image
 */
export async function generate(request, onStage, signal) {
  for (let broken = 0; ; broken++) {
    try {
      return await follow(request, onStage, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof BrokenOff) && (broken === 0 || !isUnreachable(thrown))) {
        throw thrown;
      }
      if (broken === PAUSES.length) {
        throw unknownEnd(isUnreachable(thrown));
      }
      onStage({ name: 'broken-off', words: 'The connection broke off, asking again' });
      await pause(PAUSES[broken]);
      signal.throwIfAborted();
    }
  }
}

function isUnreachable(thrown) {
  return thrown instanceof Problem && thrown.status === 0;
}

/** Nobody here knows what became of it. */
function unknownEnd(unreachable) {
  return new Problem({
    status: 0,
    title: unreachable ? 'The server can’t be reached any more' : 'The connection broke off',
    detail: 'Whether the picture was finished is not known.',
    advice: 'Try again when the server is back: what was finished is kept, what was not is made anew.',
  });
}

async function follow(request, onStage, signal) {
  const { path, ...order } = toOrder(request);
  const answer = await askAsClient(path, {
    ...order,
    headers: { ...order.headers, Accept: 'text/event-stream' },
    // The image has the same URL, and the browser may hold it.
    cache: 'no-store',
    signal,
  });
  if (!answer.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    throw new Problem({
      status: 400,
      title: 'This prompt has no URL',
      detail: 'Browsers read a lone “.” or “..” as a folder.',
      advice: 'Write some words and generate again.',
    });
  }
  for await (const { name, data } of whole(eventsOf(answer.body))) {
    if (name === 'done') {
      return data;
    }
    if (name === 'failed') {
      throw new Problem(data);
    }
    if (STAGES.has(name)) {
      onStage({ name, words: STAGES.get(name)(data) });
    }
  }
  throw new BrokenOff();
}

/** What keeps events from being read, whatever it is, is a connection that broke off. */
async function* whole(events) {
  try {
    yield* events;
  } catch (thrown) {
    throw new BrokenOff('the events broke off', { cause: thrown });
  }
}

/** Whether this server itself keeps the image that `done` told of; its URL may be a signed one. */
function isOurs(url) {
  return url.startsWith('/') || new URL(url).searchParams.has('sig');
}

/**
 * The finished image: as a file of this tab if the server keeps it, else only its address.
 *
 * @returns {Promise<{blob: Blob | null, src: string, link: string, unlinked: string, kept: string,
 *     needsKey: boolean}>} `src` to be revoked if there is a blob; `link` is what others may use; it
 *     is empty if there is none, and `unlinked` says why or what it lacks; `kept` leads to this very
 *     image as long as the server keeps it
 */
export async function fetchImage(request, done, signal) {
  if (done.url.startsWith('data:')) {
    const blob = fromDataUrl(done.url);
    return { ...shown(blob, ''), unlinked: 'It could not be kept, so it has no URL. Download it if you want to have it.' };
  }
  if (!isOurs(done.url)) {
    return { blob: null, src: done.url, link: done.url, unlinked: '', kept: done.url, needsKey: false };
  }
  const { path, ...order } = toOrder(asKept(request, done));
  const answer = await askAsClient(path, { ...order, headers: { ...order.headers, ...thatVeryOne(done) }, signal });
  const blob = await answer.blob();
  const kept = absolute(done.url);
  const link = request.image ? await repeatable(request, done) : kept;
  if (!isUsable(link)) {
    return { ...shown(blob, ''), unlinked: 'Its prompt is too long for a URL. Download it if you want to have it.' };
  }
  const unlinked = request.uploads ? 'Its URL opens it as long as it is kept, and can’t have it painted anew without the files.' : '';
  return { ...shown(blob, link), unlinked, kept, needsKey: done.url.startsWith('/') };
}

function shown(blob, link) {
  return { blob, src: URL.createObjectURL(blob), link, unlinked: '', kept: '', needsKey: false };
}

/** What it was painted from is named by its checksums, so that nothing is fetched or sent again. */
function asKept({ uploads, image, ...request }, done) {
  const named = new URL(absolute(done.url)).searchParams;
  const inputs = uploads || image ? { image: named.get('image'), mask: named.get('mask') } : {};
  return tidy({ ...request, ...inputs, seed: done.seed });
}

/** A link that has it painted again from what it was painted from. */
async function repeatable(request, done) {
  const seeded = { ...request, seed: String(done.seed) };
  return done.url.startsWith('/') ? absolute(toPath(seeded)) : (await sign(seeded)) ?? absolute(done.url);
}

/** The server counts no further use of its cache when it is asked for what it has just told of. */
function thatVeryOne({ etag }) {
  return etag === undefined ? {} : { 'If-Match': etag };
}

function fromDataUrl(url) {
  const [head, base64] = url.split(',', 2);
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  return new Blob([bytes], { type: head.slice('data:'.length).split(';')[0] });
}
