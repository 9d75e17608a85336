import { el } from '../shared/dom.js';
import { keys } from '../shared/keys.js';
import { Problem } from '../shared/problem.js';
import { failures } from '../shared/server.js';
import { moment } from '../shared/wording.js';

const UNKNOWN = '–';

/** What back ends said when they did not paint, for those who hold the admin token. */
export class FailuresPanel {
  #list = el('ul', { className: 'readings failures' });
  #note = el('p', { className: 'under' });
  #asking = false;

  constructor() {
    this.element = el('details', { className: 'panel whole minutes', hidden: true }, el('summary', {}, 'What failed lately'), this.#note, this.#list);
    this.element.addEventListener('toggle', () => this.#ask());
  }

  show() {
    this.element.hidden = keys.get('admin') === null;
    this.#ask();
  }

  /** Only while it is open: nobody reads what is folded. */
  async #ask() {
    if (this.element.hidden || !this.element.open || this.#asking) {
      return;
    }
    this.#asking = true;
    try {
      const list = await failures();
      this.#note.textContent = list.length === 0 ? 'Nothing failed since the start' : '';
      this.#list.replaceChildren(...list.map(row));
    } catch (thrown) {
      this.#note.textContent = Problem.from(thrown).message;
    } finally {
      this.#asking = false;
    }
  }
}

function row({ at, requestId, backend, model, kind, status, code, message }) {
  const fact = (term, value) => el('div', {}, el('dt', {}, term), el('dd', {}, String(value ?? UNKNOWN)));
  return el(
    'li',
    {},
    el('div', { className: 'backend-name' }, el('h3', {}, backend), el('p', { className: 'under', dir: 'auto' }, message ?? `Request ${requestId}`)),
    el('dl', {}, fact('When', moment(at)), fact('What', kind), fact('Status', status), fact('Code', code), fact('Model', model)),
  );
}
