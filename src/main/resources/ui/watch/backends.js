import { el, svg } from '../shared/dom.js';
import { count, duration } from '../shared/wording.js';
import { sum } from './figures.js';
import { NONE } from './panels.js';

const STATES = new Map([
  ['up', { look: 'up', words: 'Up' }],
  ['resting', { look: 'resting', words: 'Resting after failures' }],
  ['out of budget', { look: 'resting', words: 'Out of budget' }],
]);

/** How each back end does. */
export class BackendsPanel {
  #list = el('ul', { className: 'readings backends' });

  constructor() {
    this.element = el('section', { className: 'panel whole', ariaLabel: 'Back ends' }, el('h2', {}, 'Back ends'), this.#list);
  }

  show({ backends }, history) {
    const counts = new Map(history.backends.map((backend) => [backend.url, backend]));
    this.#list.replaceChildren(...backends.map((backend) => this.#row(backend, counts.get(backend.url))));
  }

  #row({ url, state, weight }, counts) {
    const fact = (term, value) => el('div', {}, el('dt', {}, term), el('dd', { className: value === NONE ? 'none' : '' }, value));
    const { look, words } = STATES.get(state) ?? { look: 'resting', words: state };
    const known = (number) => (counts === undefined ? NONE : count(number()));
    return el(
      'li',
      {},
      el('div', { className: 'backend-name' }, el('h3', {}, url), el('p', { className: `state ${look}` }, words)),
      el(
        'dl',
        {},
        fact('Weight', String(weight)),
        fact('Painted', known(() => counts.painted)),
        fact('Refused', known(() => counts.refused)),
        fact('Failed', known(() => counts.failed)),
        fact('Median time', (counts?.medianMillis ?? null) === null ? NONE : duration(counts.medianMillis)),
      ),
      this.#shares(counts),
    );
  }

  /** The three outcomes side by side; nothing before the first of them. */
  #shares(counts) {
    const names = ['painted', 'refused', 'failed'];
    const all = counts === undefined ? 0 : sum(names, (name) => counts[name]);
    let x = 0;
    return svg(
      'svg',
      { class: 'meter', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      ...names.filter((name) => all > 0 && counts[name] > 0).map((name) => {
        const width = (counts[name] / all) * 100;
        const part = svg('rect', { class: name, x, width, height: 10 });
        x += width;
        return part;
      }),
    );
  }
}
