import { byId } from './shared/dom.js';
import { keys } from './shared/keys.js';
import { Problem } from './shared/problem.js';
import { route } from './shared/route.js';
import { config } from './shared/server.js';
import { keyMenu } from './shared/key-menu.js';
import { themeSwitch } from './shared/theme-switch.js';

const VIEWS = {
  paint: { title: 'Paint', load: async () => (await import('./paint/view.js')).PaintView },
  gallery: { title: 'Gallery', load: async () => (await import('./gallery/view.js')).GalleryView },
  watch: { title: 'Watch', load: async () => (await import('./watch/view.js')).WatchView },
};

let shown = null;

/** Views are made when they are first seen and stay: a picture goes on being painted meanwhile. */
async function show(name, settings, focus) {
  const before = shown;
  shown = name;
  if (before !== name) {
    mark(name);
    (await VIEWS[before]?.view)?.hide();
  }
  VIEWS[name].view ??= VIEWS[name].load().then((View) => new View(settings));
  const view = await VIEWS[name].view;
  if (shown !== name) {
    return;
  }
  // Only once it is whole, so that nothing moves.
  Object.keys(VIEWS).forEach((other) => {
    byId(other).hidden = other !== name;
  });
  view.show();
  if (focus && before !== name) {
    byId(`${name}-title`).focus();
  }
}

function mark(name) {
  document.title = `${VIEWS[name].title} · Nectar`;
  for (const other of Object.keys(VIEWS)) {
    byId(`to-${other}`).ariaCurrent = other === name ? 'page' : null;
  }
}

function nameOf(view) {
  return view in VIEWS ? view : 'paint';
}

async function start() {
  keyMenu();
  themeSwitch();
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault();
    byId('main').focus();
  });
  const settings = await config().catch((thrown) => {
    byId('no-server').hidden = false;
    byId('no-server-why').textContent = Problem.from(thrown).message;
    return { demo: false, signing: false, admin: true, version: '' };
  });
  if (settings.demo) {
    keys.signIn({ access: settings.key, admin: settings.adminToken });
  }
  byId('demo-note').hidden = !settings.demo;
  byId('version').textContent = settings.version;
  window.addEventListener('hashchange', () => show(nameOf(route().view), settings, true));
  await show(nameOf(route().view), settings, false);
}

start();
