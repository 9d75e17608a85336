import { entries } from '../shared/server.js';

/** The entries of the cache, newest first, page by page; a new search ends the one before. */
export class Entries {
  #text = '';
  #cursor = null;
  #abort = new AbortController();
  #asking = null;
  #removed = new Set();
  list = [];
  complete = false;

  /** Starts anew with what matches. */
  search(text) {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#text = text;
    this.#cursor = null;
    this.#asking = null;
    // A key that was deleted may have been painted anew since.
    this.#removed.clear();
    this.list = [];
    this.complete = false;
  }

  get text() {
    return this.#text;
  }

  /**
   * Adds the next page; callers that come meanwhile wait for the same one. A search may answer a
   * page with nothing in it although there is more to come.
   *
   * @throws what the server's answer is, and an AbortError if another search began
   */
  more() {
    this.#asking ??= this.#ask(this.#abort.signal);
    return this.#asking;
  }

  async #ask(signal) {
    try {
      const page = await entries({ after: this.#cursor, text: this.#text, signal });
      signal.throwIfAborted();
      // What was deleted meanwhile may still be among them.
      this.list.push(...page.entries.filter(({ key }) => !this.#removed.has(key)));
      this.#cursor = page.next;
      this.complete = page.next === null;
    } finally {
      if (!signal.aborted) {
        this.#asking = null;
      }
    }
  }

  /** Where a picture is in the list, -1 if it is not, or not yet. */
  indexOf(key) {
    return this.list.findIndex((entry) => entry.key === key);
  }

  remove(key) {
    this.#removed.add(key);
    this.list = this.list.filter((entry) => entry.key !== key);
  }
}
