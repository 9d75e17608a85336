/**
 * A minute as the server counted it: each request is a hit, a miss or coalesced, and `failures`
 * tells how many of each ended without a picture; `generating` and `waiting` are the most at once.
 *
 * @typedef {{hits: number, misses: number, coalesced: number}} Uses
 * @typedef {Uses & {time: string, failures: Uses, generating: number, waiting: number}} Minute
 */

/** How many minutes the charts show. */
export const SLOTS = 60;

/** @param {Uses} uses */
export function requestsOf({ hits, misses, coalesced }) {
  return hits + misses + coalesced;
}

/**
 * How the requests of a minute ended: with a picture from the cache, a shared one, a new one, or
 * without any.
 *
 * @param {Minute} minute
 */
export function endsOf({ hits, misses, coalesced, failures }) {
  return {
    cached: hits - failures.hits,
    shared: coalesced - failures.coalesced,
    made: misses - failures.misses,
    failed: requestsOf(failures),
  };
}

/**
 * The share of requests that got a picture from the cache, null where there were none.
 *
 * @param {Minute[]} minutes
 */
export function hitRatio(minutes) {
  const requests = sum(minutes, requestsOf);
  return requests === 0 ? null : sum(minutes, (minute) => endsOf(minute).cached) / requests;
}

/** What the last whole minute counted; the running one if there is no other. */
export function lastWhole(minutes) {
  return minutes.at(-2) ?? minutes.at(-1);
}

export function sum(items, value) {
  return items.reduce((total, item) => total + value(item), 0);
}

/** A round number at or above the largest one, for the top of a chart. */
export function ceiling(largest) {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, largest)));
  return Math.max(1, [1, 2, 4, 5, 10].map((step) => step * unit).find((top) => top >= largest));
}
