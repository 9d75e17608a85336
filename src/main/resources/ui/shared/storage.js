/** Texts that are kept by name; where the browser closes its storage to this page, until it is left. */
class Store {
  #open;
  #memory = new Map();

  /** @param {() => Storage} open what a browser may refuse by throwing */
  constructor(open) {
    this.#open = open;
  }

  /** @returns {string | null} */
  get(name) {
    return this.#memory.get(name) ?? this.#ask((storage) => storage.getItem(name)) ?? null;
  }

  set(name, text) {
    const kept = this.#ask((storage) => {
      storage.setItem(name, text);
      return true;
    });
    if (kept) {
      this.#memory.delete(name);
    } else {
      this.#memory.set(name, text);
    }
  }

  remove(name) {
    this.#memory.delete(name);
    this.#ask((storage) => storage.removeItem(name));
  }

  #ask(question) {
    try {
      return question(this.#open());
    } catch {
      // Closed or full: memory does.
      return undefined;
    }
  }
}

/** Until this tab is closed. */
export const tab = new Store(() => sessionStorage);

/** For good. */
export const device = new Store(() => localStorage);
