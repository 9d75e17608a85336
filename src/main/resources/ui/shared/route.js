/**
 * Where the page is: the view, one of the things in it, and what else belongs to it, all in the
 * fragment, which never leaves the browser.
 *
 * @returns {{view: string, item: string, query: URLSearchParams}}
 */
export function route() {
  const [, path, query = ''] = /^#?\/?([^?]*)\??(.*)$/s.exec(location.hash);
  const [view, item = ''] = path.split('/', 2);
  return { view, item, query: new URLSearchParams(query) };
}

function address(path, query) {
  const text = query.toString();
  return `#/${path}${text ? `?${text}` : ''}`;
}

/** Writes it without a new entry in the history. */
export function stay(path, query = '') {
  history.replaceState(history.state, '', address(path, query));
}

/** Writes it as a new entry in the history, from which {@link back} leads to where this was. */
export function enter(path, query = '') {
  history.pushState({ entered: true }, '', address(path, query));
}

/** Goes back to where the page was entered from, or on to that place if it was opened here. */
export function leave(path, query = '') {
  if (history.state?.entered) {
    history.back();
  } else {
    stay(path, query);
  }
}
