import { el } from '../shared/dom.js';
import { count, minute as clock, percent } from '../shared/wording.js';
import { endsOf, hitRatio } from './figures.js';
import { NONE } from './panels.js';

const COLUMNS = {
  Minute: (minute) => clock(minute.time),
  'From the cache': (minute) => count(endsOf(minute).cached),
  Shared: (minute) => count(endsOf(minute).shared),
  New: (minute) => count(endsOf(minute).made),
  Failed: (minute) => count(endsOf(minute).failed),
  'Hit ratio': (minute) => (hitRatio([minute]) === null ? '–' : percent(hitRatio([minute]))),
  'Most running': (minute) => count(minute.generating),
  'Most waiting': (minute) => count(minute.waiting),
};

/** What the charts draw, as a table for those who can't point at them. */
export class MinutesPanel {
  #body = el('tbody');
  #minutes = [];

  constructor() {
    const head = el('tr', {}, Object.keys(COLUMNS).map((name) => el('th', { scope: 'col' }, name)));
    const table = el('table', {}, el('thead', {}, head), this.#body);
    const scroll = el('div', { className: 'minutes-scroll', tabIndex: 0, role: 'region', ariaLabel: 'Every minute' }, table);
    this.element = el('details', { className: 'panel whole minutes' }, el('summary', {}, 'Every minute as a table'), scroll);
    this.element.addEventListener('toggle', () => this.#write());
  }

  show(_status, { minutes }) {
    this.#minutes = minutes;
    this.#write();
  }

  /** Only while it is open: nobody reads what is folded. */
  #write() {
    if (this.element.open) {
      const rows = this.#minutes.toReversed().map((minute) =>
        el('tr', {}, Object.values(COLUMNS).map((cell, i) => (i === 0 ? el('th', { scope: 'row' }, cell(minute)) : el('td', {}, cell(minute))))),
      );
      this.#body.replaceChildren(...(rows.length > 0 ? rows : [el('tr', {}, el('td', { colSpan: Object.keys(COLUMNS).length }, NONE))]));
    }
  }
}
