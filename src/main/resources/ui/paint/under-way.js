import { tab } from '../shared/storage.js';

const NAME = 'nectar.under-way';

/** In milliseconds: by then it is made, or never will be. */
const LONGEST = 10 * 60_000;

let last = 0;

function read() {
  try {
    const list = JSON.parse(tab.get(NAME) ?? '[]');
    return list.filter(({ since }) => Date.now() - since < LONGEST);
  } catch {
    // Somebody else wrote under this name.
    return [];
  }
}

function write(list) {
  if (list.length === 0) {
    tab.remove(NAME);
  } else {
    tab.set(NAME, JSON.stringify(list));
  }
}

/**
 * What this tab has asked for and has no answer to yet: whoever reloads the page finds it again, as
 * asking for the same joins what is under way.
 */
export const underWay = {
  /** @returns {number} what to name it by */
  add(request) {
    // Files are gone with the page.
    if (request.uploads) {
      return 0;
    }
    last = Math.max(Date.now(), last + 1);
    write([...read(), { since: last, request }]);
    return last;
  },

  remove(since) {
    write(read().filter((one) => one.since !== since));
  },

  /** @returns {{since: number, request: import('./request.js').ImageRequest}[]} oldest first */
  list: read,
};
