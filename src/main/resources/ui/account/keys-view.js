import { byId, el } from '../shared/dom.js';
import { stay } from '../shared/route.js';
import { status } from '../shared/server.js';
import { count, moment } from '../shared/wording.js';
import { changeKey, clientKeys, makeKey, revokeKey } from './api.js';
import { ask, tellKey } from './dialogs.js';
import { Gate } from './gate.js';
import { amount, money } from './money.js';
import { limitsOf, termFields, terms } from './terms.js';

const GRACES = { 0: 'at once', 3600: 'in an hour', 86400: 'in a day', 604800: 'in a week' };

/** The keys that were made: what each may, and what it has spent. */
export class KeysView {
  #gate;
  #currency = '';

  constructor({ admin }) {
    this.#gate = new Gate(byId('keys-note'), 'Keys', admin, (shown) => this.#load(shown));
    byId('new-key-button').addEventListener('click', () => this.#make());
  }

  show() {
    stay('keys', '');
    return this.#gate.show();
  }

  hide() {
    this.#gate.hide();
  }

  async #load(shown) {
    byId('new-key-button').hidden = !shown;
    if (!shown) {
      byId('key-list').replaceChildren();
      return;
    }
    const [list, { spend }] = await Promise.all([clientKeys(), status()]);
    this.#currency = spend.currency;
    byId('key-list').replaceChildren(...list.map((key) => this.#row(key)));
    byId('keys-count').textContent = list.length === 0 ? 'None yet: whoever paints uses the access key of the settings' : `${list.length === 1 ? '1 key' : `${count(list.length)} keys`}`;
  }

  #row(key) {
    const fact = (term, value) => el('div', {}, el('dt', {}, term), el('dd', {}, value));
    const left = key.remaining === null ? '–' : key.budget.pictures === undefined ? `${key.currency} ${amount(key.remaining)}` : `${count(key.remaining)} pictures`;
    const button = (label, onclick, className = '') => el('button', { type: 'button', className, onclick, ariaLabel: `${label} ${key.name}` }, label);
    return el(
      'li',
      {},
      el('div', { className: 'backend-name' }, el('h2', { dir: 'auto' }, key.name), el('p', { className: 'under' }, limitsOf(key))),
      el(
        'dl',
        {},
        fact('Spent', money(key.spent, key.unpriced, key.currency)),
        fact('Left', left),
        fact('Pictures', count(key.pictures)),
        fact('Last used', key.lastUsedAt === null ? 'Never' : moment(key.lastUsedAt)),
        fact('Made', moment(key.createdAt)),
      ),
      el('div', { className: 'key-actions' }, button('Limit', () => this.#limit(key)), button('Rotate', () => this.#rotate(key)), button('Revoke', () => this.#revoke(key), 'danger')),
    );
  }

  async #make() {
    const made = await ask('New key', termFields(null, this.#currency), { verb: 'Make' }, (form) => makeKey(terms(form)));
    await this.#after(made);
  }

  async #limit(key) {
    await this.#after(await ask(`Limits of ${key.name}`, termFields(key, this.#currency), { verb: 'Save' }, (form) => changeKey(key.id, terms(form))));
  }

  async #rotate(key) {
    const grace = el('select', { name: 'grace', id: 'key-grace' }, ...Object.entries(GRACES).map(([seconds, words]) => el('option', { value: seconds }, words)));
    const fields = [el('p', {}, 'It becomes another key, with the same limits.'), el('div', { className: 'field' }, el('label', { htmlFor: 'key-grace' }, 'The old one ends'), grace)];
    await this.#after(await ask(`Rotate ${key.name}?`, fields, { verb: 'Rotate' }, () => changeKey(key.id, { key: 'rotate', graceSeconds: Number(grace.value) })));
  }

  async #revoke(key) {
    const why = el('p', {}, 'It ends at once, and so do the links that it signed. What it spent stays on record.');
    await this.#after(await ask(`Revoke ${key.name}?`, [why], { verb: 'Revoke', look: 'danger' }, () => revokeKey(key.id)));
  }

  async #after(done) {
    if (done === null) {
      return;
    }
    await this.#gate.refresh();
    if (done.key !== undefined) {
      await tellKey(done.name, done.key);
    }
  }
}
