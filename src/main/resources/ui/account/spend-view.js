import { byId, el, svg } from '../shared/dom.js';
import { stay } from '../shared/route.js';
import { count } from '../shared/wording.js';
import { spend, spendCsv } from './api.js';
import { Gate } from './gate.js';
import { amount, money } from './money.js';

const DAY = 86_400_000;

const TABLES = [
  ['key', 'By key', (row) => row.name ?? row.key],
  ['backend', 'By back end', (row) => row.backend],
  ['model', 'By model', (row) => row.model || 'none'],
  ['day', 'By day', (row) => row.day],
];

/** What was spent, and what was saved. */
export class SpendView {
  #gate;

  constructor({ admin }) {
    this.#gate = new Gate(byId('spend-note'), 'Sums', admin, (shown) => this.#load(shown));
    const today = Date.now();
    byId('spend-from').value = iso(today - 29 * DAY);
    byId('spend-to').value = iso(today);
    for (const id of ['spend-from', 'spend-to']) {
      byId(id).addEventListener('change', () => this.#gate.refresh());
    }
    byId('spend-csv').addEventListener('click', () => this.#download());
  }

  show() {
    stay('spend', '');
    return this.#gate.show();
  }

  hide() {
    this.#gate.hide();
  }

  async #load(shown) {
    byId('spend-range').hidden = !shown;
    if (!shown) {
      byId('spend-panels').replaceChildren();
      return;
    }
    const [from, to] = this.#range();
    const answers = await Promise.all(TABLES.map(([by]) => spend(from, to, by)));
    const { currency, rows: days } = answers.at(-1);
    byId('spend-panels').replaceChildren(...totals(days, currency), chart(days, from, to, currency), ...TABLES.map((what, i) => table(what, answers[i].rows, currency)));
  }

  #range() {
    return [byId('spend-from').value, byId('spend-to').value];
  }

  async #download() {
    const url = URL.createObjectURL(await spendCsv(...this.#range(), 'day'));
    el('a', { href: url, download: 'spend.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }
}

function iso(time) {
  return new Date(time).toISOString().slice(0, 10);
}

function known(rows, name) {
  const sums = rows.map((row) => row[name]).filter((sum) => sum !== null);
  return sums.length === 0 && rows.length > 0 ? null : sums.reduce((all, sum) => all + sum, 0);
}

function total(rows, name) {
  return rows.reduce((all, row) => all + row[name], 0);
}

function totals(rows, currency) {
  const panel = (title, figure, under) => el('section', { className: 'panel', ariaLabel: title }, el('h2', {}, title), el('p', { className: 'figure' }, figure), el('p', { className: 'under' }, under));
  return [
    panel('Spent', money(known(rows, 'cost'), total(rows, 'unpriced'), currency), 'in these days'),
    panel('Saved', money(known(rows, 'saved'), 0, currency), 'by hits and shared flights'),
    panel('Pictures', count(total(rows, 'pictures')), 'that were made'),
    panel('Without one', count(total(rows, 'refused') + total(rows, 'failed')), `${count(total(rows, 'refused'))} refused, ${count(total(rows, 'failed'))} failed`),
  ];
}

/** A bar a day. */
function chart(rows, from, to, currency) {
  const days = Math.min(Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1), 800);
  const top = Math.max(...rows.map((row) => row.cost ?? 0), 0);
  const bars = rows
    .filter((row) => row.cost > 0)
    .map((row) => {
      const height = (row.cost / top) * 100;
      const x = ((Date.parse(row.day) - Date.parse(from)) / DAY) * (600 / days);
      return svg('rect', { class: 'made', x: x + 0.5, y: 100 - height, width: Math.max(600 / days - 1, 0.5), height }, svg('title', {}, `${row.day} ${currency} ${amount(row.cost)}`));
    });
  const plot = svg('svg', { viewBox: '0 0 600 100', preserveAspectRatio: 'none', role: 'img', 'aria-label': `Spent a day, ${currency} ${amount(top)} at most` }, ...bars);
  return el(
    'section',
    { className: 'panel whole', ariaLabel: 'Spent a day' },
    el('h2', {}, 'Spent a day'),
    el('figure', { className: 'chart' }, el('div', { className: 'plot' }, el('span', { className: 'chart-top', 'aria-hidden': 'true' }, top > 0 ? amount(top) : ''), plot), el('div', { className: 'chart-axis', 'aria-hidden': 'true' }, el('span', {}, from), el('span', {}, to))),
  );
}

function table([, title, name], rows, currency) {
  const head = [title.slice(3), 'Pictures', 'Cost', 'Saved', 'Refused', 'Failed'];
  const cells = (row) => [money(row.cost, row.unpriced, currency), money(row.saved, 0, currency), count(row.refused), count(row.failed)];
  return el(
    'section',
    { className: 'panel whole minutes', ariaLabel: title },
    el('h2', {}, title),
    el(
      'div',
      { className: 'minutes-scroll', tabIndex: 0, role: 'region', ariaLabel: `${title}, as a table` },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, ...head.map((words) => el('th', { scope: 'col' }, words)))),
        el('tbody', {}, ...rows.map((row) => el('tr', {}, el('th', { scope: 'row', dir: 'auto' }, name(row)), el('td', {}, count(row.pictures)), ...cells(row).map((cell) => el('td', {}, cell))))),
      ),
    ),
  );
}
