const PAUSE = 3000;

/** @param {number} milliseconds */
export function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/**
 * Asks until there is an answer: a server that is down may come back.
 *
 * @template T
 * @param {() => Promise<T>} ask
 * @param {(thrown: unknown) => void} failed told of each time that there was none
 * @returns {Promise<T>}
 */
export async function untilAnswered(ask, failed) {
  for (;;) {
    try {
      return await ask();
    } catch (thrown) {
      failed(thrown);
      await pause(PAUSE);
    }
  }
}
