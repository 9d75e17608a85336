import { byId } from './dom.js';
import { keys } from './keys.js';

/** The menu that tells which keys this tab holds, and forgets them. */
export function keyMenu() {
  for (const kind of ['access', 'admin']) {
    byId(`enter-${kind}`).addEventListener('click', () => {
      byId('key-menu').hidePopover();
      keys.need(kind);
    });
    byId(`forget-${kind}`).addEventListener('click', () => {
      keys.forget(kind);
      byId(`enter-${kind}`).focus();
    });
  }
  keys.addEventListener('change', show);
  show();
}

function show() {
  for (const kind of ['access', 'admin']) {
    const held = keys.get(kind) !== null;
    byId(`${kind}-held`).textContent = held ? 'Kept in this tab until you close it' : 'Not entered';
    byId(`enter-${kind}`).hidden = held;
    byId(`forget-${kind}`).hidden = !held;
  }
}
