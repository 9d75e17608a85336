import { askAsClient } from '../shared/server.js';
import { Problem } from '../shared/problem.js';
import { eventsOf } from './events.js';
import { absolute, toPath } from './request.js';

const STAGES = {
  queued: () => 'Waiting in line',
  optimizing: () => 'Improving the prompt',
  generating: ({ attempt, of }) => (of > 1 ? `Painting, attempt ${attempt} of ${of}` : 'Painting'),
  refused: () => 'A back end refused the content',
  rewriting: () => 'Rewording the refused prompt',
  fallback: () => 'Asking the fallback',
  storing: () => 'Keeping the picture',
};

const BROKEN_OFF = new Problem({
  status: 0,
  title: 'The connection broke off',
  detail: 'The picture is still being made and will be kept.',
  advice: 'Try again to pick it up.',
});

/**
 * Has an image made and follows it.
 *
 * @param {import('./request.js').ImageRequest} request
 * @param {(stage: {name: string, words: string}) => void} onStage
 * @returns {Promise<{source: string, seed: number, cache: string, milliseconds: number, url: string}>}
 * @throws {Problem} if there is no image
 */
export async function generate(request, onStage, signal) {
  const answer = await askAsClient(toPath(request), {
    headers: { Accept: 'text/event-stream' },
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
  try {
    for await (const { name, data } of eventsOf(answer.body)) {
      if (name === 'done') {
        return data;
      }
      if (name === 'failed') {
        throw new Problem(data);
      }
      if (name in STAGES) {
        onStage({ name, words: STAGES[name](data) });
      }
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown instanceof Problem ? thrown : BROKEN_OFF;
  }
  throw BROKEN_OFF;
}

/** Whether this server itself keeps the image that `done` told of; its URL may be a signed one. */
function isOurs(url) {
  return url.startsWith('/') || new URL(url).searchParams.has('sig');
}

/**
 * The finished image: as a file of this tab if the server keeps it, else only its address.
 *
 * @returns {Promise<{blob: Blob | null, src: string, link: string, needsKey: boolean}>} `src` to be
 *     revoked if there is a blob; `link` is what others may use, empty if nobody kept the image
 */
export async function fetchImage(request, done, signal) {
  if (done.url.startsWith('data:')) {
    const blob = fromDataUrl(done.url);
    return { blob, src: URL.createObjectURL(blob), link: '', needsKey: false };
  }
  if (!isOurs(done.url)) {
    return { blob: null, src: done.url, link: done.url, needsKey: false };
  }
  const answer = await askAsClient(toPath({ ...request, seed: String(done.seed) }), { signal });
  const blob = await answer.blob();
  return {
    blob,
    src: URL.createObjectURL(blob),
    link: absolute(done.url),
    needsKey: done.url.startsWith('/'),
  };
}

function fromDataUrl(url) {
  const [head, base64] = url.split(',', 2);
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  return new Blob([bytes], { type: head.slice('data:'.length).split(';')[0] });
}
