import { askAsAdmin } from '../shared/server.js';

async function send(method, path, body) {
  const answer = await askAsAdmin(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return answer.json();
}

/** All keys, without the keys themselves. */
export async function clientKeys() {
  return (await (await askAsAdmin('admin/keys')).json()).keys;
}

export function makeKey(terms) {
  return send('POST', 'admin/keys', terms);
}

/** @param {Record<string, unknown>} change fields; null takes a limit away */
export function changeKey(id, change) {
  return send('PATCH', `admin/keys/${encodeURIComponent(id)}`, change);
}

export function revokeKey(id) {
  return askAsAdmin(`admin/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

function spendPath(from, to, by) {
  return `admin/spend?${new URLSearchParams({ from, to, by })}`;
}

/** @param {'day' | 'key' | 'backend' | 'model'} by */
export async function spend(from, to, by) {
  return (await askAsAdmin(spendPath(from, to, by))).json();
}

export async function spendCsv(from, to, by) {
  return (await askAsAdmin(`${spendPath(from, to, by)}&format=csv`)).blob();
}
