import { el } from '../shared/dom.js';

const PERIODS = { day: 'a day', week: 'a week', month: 'a month', total: 'in all' };

function field(label, input, hint = '') {
  input.id = `key-${input.name}`;
  return el('div', { className: 'field' }, el('label', { htmlFor: input.id }, label, el('span', { className: 'hint' }, hint)), input);
}

function input(name, value, properties = {}) {
  return el('input', { name, value: value ?? '', ...properties });
}

function select(name, value, options) {
  return el('select', { name }, ...Object.entries(options).map(([option, words]) => el('option', { value: option, selected: option === value }, words)));
}

/** The fields of a key's terms, filled with those that it has. */
export function termFields(key, currency) {
  const budget = key?.budget ?? null;
  return [
    field('Name', input('name', key?.name, { required: true, maxLength: 200 })),
    field('Models', input('models', key?.models?.join(', '), { placeholder: 'All' }), 'separated by commas'),
    field('Rate', input('rate', key?.rate, { placeholder: 'No limit', pattern: '[1-9][0-9]{0,6}/[smh]', title: 'Such as 5/s, 30/m or 100/h' }), '5/s, 30/m, 100/h'),
    el(
      'div',
      { className: 'triple' },
      field('Budget', input('limit', budget?.amount ?? budget?.pictures, { type: 'number', min: 0, step: 'any', placeholder: 'No limit' })),
      field('of', select('unit', budget?.pictures === undefined ? 'amount' : 'pictures', { amount: currency, pictures: 'Pictures' })),
      field('for', select('per', budget?.per ?? 'month', PERIODS)),
    ),
    field('Good until', input('expiresAt', key?.expiresAt?.slice(0, 16), { type: 'datetime-local' }), 'UTC'),
    field('Pages', input('referers', key?.referers?.join(', '), { placeholder: 'All' }), 'hosts, separated by commas'),
  ];
}

function list(text) {
  const entries = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  return entries.length > 0 ? entries : null;
}

/** What was filled in, as the server takes it. */
export function terms(form) {
  const { name, models, rate, limit, unit, per, expiresAt, referers } = Object.fromEntries(new FormData(form));
  return {
    name: name.trim(),
    models: list(models),
    rate: rate.trim() || null,
    budget: limit === '' ? null : { [unit]: Number(limit), per },
    expiresAt: expiresAt === '' ? null : new Date(`${expiresAt}Z`).toISOString(),
    referers: list(referers),
  };
}

/** A key's limits in words. */
export function limitsOf({ models, rate, budget, expiresAt, referers, currency }) {
  return [
    budget && `${budget.pictures === undefined ? `${currency} ${budget.amount}` : `${budget.pictures} pictures`} ${PERIODS[budget.per]}`,
    rate,
    models && `models: ${models.join(', ')}`,
    referers && `pages: ${referers.join(', ')}`,
    expiresAt && `until ${expiresAt.slice(0, 16).replace('T', ' ')} UTC`,
  ]
    .filter(Boolean)
    .join(' · ') || 'No limits';
}
