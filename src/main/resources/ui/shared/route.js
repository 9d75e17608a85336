/**
 * Where the page is: the view and what belongs to it, both in the fragment, which never leaves the
 * browser.
 *
 * @returns {{view: string, query: URLSearchParams}}
 */
export function route() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?', 2);
  return { view: path, query: new URLSearchParams(query) };
}

/** Writes it without a new entry in the history. */
export function stay(view, query) {
  const text = query.toString();
  history.replaceState(null, '', `#/${view}${text ? `?${text}` : ''}`);
}
