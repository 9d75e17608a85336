import { el } from './dom.js';
import { Problem } from './problem.js';

const loading = new Map();

/** Loads style sheets that only some of the page needs, in this order. */
export function styles(...names) {
  return Promise.all(names.map((name) => loading.get(name) ?? load(name)));
}

function load(name) {
  const loaded = new Promise((resolve, reject) => {
    const link = el('link', { rel: 'stylesheet', href: `ui/style/${name}.css`, onload: resolve });
    link.onerror = () => {
      // To be asked for anew.
      link.remove();
      loading.delete(name);
      reject(Problem.unreachable());
    };
    document.head.append(link);
  });
  loading.set(name, loaded);
  return loaded;
}
