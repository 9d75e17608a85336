import { byId } from './dom.js';
import { device } from './storage.js';

const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

function isDark() {
  return root.dataset.theme ? root.dataset.theme === 'dark' : system.matches;
}

/** The button that chooses between light and dark; until it is used, the system chooses. */
export function themeSwitch() {
  const button = byId('theme');
  const show = () => {
    button.ariaPressed = String(isDark());
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    device.set('nectar.theme', root.dataset.theme);
    show();
  });
  system.addEventListener('change', show);
  show();
}
