/**
 * A minute as the server counted it.
 *
 * @typedef {{time: string, hits: number, misses: number, coalesced: number, failed: number,
 *     generating: number, waiting: number}} Minute
 */

/** How many minutes the charts show. */
export const SLOTS = 60;

/** Every request is one of the three; `failed` tells how many of them ended without a picture. */
export function requestsOf({ hits, misses, coalesced }) {
  return hits + misses + coalesced;
}

/**
 * The share of requests that the cache answered, null where there were none.
 *
 * @param {Minute[]} minutes
 */
export function hitRatio(minutes) {
  const requests = sum(minutes, requestsOf);
  return requests === 0 ? null : sum(minutes, ({ hits }) => hits) / requests;
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
