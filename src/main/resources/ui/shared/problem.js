import { keys } from './keys.js';

/** Why there is no answer; `status` is 0 if the server gave none. */
export class Problem extends Error {
  /** @param {{status: number, title: string, detail?: string, requestId?: string, advice?: string}} said */
  constructor({ status, title, detail, requestId, advice }) {
    super(title);
    this.name = 'Problem';
    this.status = status;
    this.detail = detail ?? '';
    this.requestId = requestId ?? '';
    this.advice = advice;
  }

  static unreachable() {
    return new Problem({
      status: 0,
      title: 'The server can’t be reached',
      advice: 'Check that it runs and that you are online, then try again.',
    });
  }

  /** What an answer that is not 2xx says, be it a problem document or something of a proxy's. */
  static async of(response) {
    const own = response.headers.get('Content-Type')?.includes('json') ?? false;
    if (!own && response.status >= 502 && response.status <= 504) {
      // A proxy that can't reach it either.
      return Problem.unreachable();
    }
    const said = (await response.json().catch(() => null)) ?? {};
    return new Problem({
      status: response.status,
      title: said.title || response.statusText || 'No answer',
      detail: said.detail,
      requestId: said.requestId ?? response.headers.get('X-Request-Id') ?? '',
    });
  }

  /** Whatever was thrown, as a problem. */
  static from(thrown) {
    if (thrown instanceof Problem) {
      return thrown;
    }
    return thrown?.name === 'TimeoutError'
      ? Problem.unreachable()
      : new Problem({
          status: 0,
          title: 'Something went wrong in this page',
          detail: String(thrown),
          advice: 'Reload it and try again.',
        });
  }
}

const OTHERWISE = 'Try again. If it stays, show the request id to whoever runs this server.';

const WORDS = new Map([
  [400, ['The server can’t take this request', 'Change what it names and generate again.']],
  [401, ['The key was not accepted', 'Enter the key that this server was set up with.']],
  [402, ['This key has nothing left to spend', 'Ask whoever runs this server for more, or wait for its next period.']],
  [403, ['The server doesn’t allow this here', 'Ask whoever runs it which pages and tokens it accepts.']],
  [404, ['It is not there any more', 'Somebody deleted it, or the cache made room.']],
  [412, ['It is not there any more', 'Somebody deleted it, or another one took its place. Try again to have it painted.']],
  [414, ['The prompt is too long for a URL', 'Shorten it and generate again.']],
  [429, ['Enough pictures for the moment', 'Wait a little, then try again. What is cached is served all the same.']],
  [431, ['The prompt is too long for a URL', 'Shorten it and generate again.']],
  [502, ['Nobody could paint this', 'If the content was refused, word it differently. If back ends failed, look at Watch.']],
  [503, ['The server is busy', 'Try again in a few seconds.']],
  [504, ['It took too long', 'Try again, or ask for a smaller picture.']],
]);

/** What the server says of keys, headers and settings helps only those who run it. */
const OPERATORS_DETAIL = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\bX-[A-Z]|\bheaders?\b|\b(bearer )?token\b|\bparameter 'key'/;

/**
 * A problem in words; people who hold no admin token are spared what only operators understand.
 *
 * @param {Problem} problem
 * @returns {{heading: string, detail: string, advice: string}}
 */
export function inWords({ status, message, detail, advice }) {
  const [heading, usual] = WORDS.get(status) ?? [message, OTHERWISE];
  const told = keys.get('admin') === null && OPERATORS_DETAIL.test(detail) ? '' : detail;
  return advice === undefined ? { heading, detail: told, advice: usual } : { heading: message, detail: told, advice };
}
