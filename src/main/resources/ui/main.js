import { byId } from './shared/dom.js';
import { keys } from './shared/keys.js';
import { keyMenu } from './shared/key-menu.js';
import { untilAnswered } from './shared/patience.js';
import { Problem } from './shared/problem.js';
import { route } from './shared/route.js';
import { config } from './shared/server.js';
import { styles } from './shared/styles.js';
import { themeSwitch } from './shared/theme-switch.js';

const VIEWS = {
  paint: { title: 'Paint', sheets: ['dialogs', 'inputs'], load: async () => (await import('./paint/view.js')).PaintView },
  gallery: { title: 'Gallery', sheets: ['dialogs', 'gallery', 'picture'], load: async () => (await import('./gallery/view.js')).GalleryView },
  watch: { title: 'Watch', sheets: ['dialogs', 'watch', 'charts', 'backends', 'minutes'], load: async () => (await import('./watch/view.js')).WatchView },
  keys: { title: 'Keys', sheets: ['dialogs', 'gallery', 'watch', 'backends', 'account'], load: async () => (await import('./account/keys-view.js')).KeysView },
  spend: { title: 'Spend', sheets: ['dialogs', 'gallery', 'watch', 'charts', 'minutes', 'account'], load: async () => (await import('./account/spend-view.js')).SpendView },
};

/** What is fetched ahead and does not come is asked for again when it is wanted. */
const ASKED_AGAIN = () => {};

const AGAIN = 'Trying again every few seconds.';

let shown = null;
let settings = null;

/** Views are made when they are first seen and stay: a picture goes on being painted meanwhile. */
async function show(name, focus) {
  const before = shown;
  shown = name;
  if (before !== name) {
    mark(name);
    VIEWS[before]?.made?.hide();
  }
  const view = await made(name);
  if (shown !== name) {
    return;
  }
  // Only once it is whole, so that nothing moves.
  uncover(name);
  const placed = view.show();
  if (focus && before !== name && placed !== true) {
    byId(`${name}-title`).focus();
  }
}

/** Asks for its parts until they are there; whoever looks for it meanwhile waits for the same. */
function made(name) {
  const view = VIEWS[name];
  view.making ??= untilAnswered(
    () => parts(view),
    (thrown) => failed(name, thrown),
  ).then(([View]) => {
    view.made = new View(settings);
    return view.made;
  });
  return view.making;
}

function parts({ load, sheets }) {
  return Promise.all([load().catch(() => Promise.reject(Problem.unreachable())), styles(...sheets)]);
}

function failed(name, thrown) {
  if (shown === name) {
    conceal(null);
    complain(thrown, AGAIN);
  }
}

function complain(thrown, advice) {
  say(`${Problem.from(thrown).message}. ${advice}`);
  byId('loading').hidden = true;
}

function uncover(name) {
  conceal(name);
  byId('loading').hidden = true;
  say('');
}

function conceal(butFor) {
  for (const name of Object.keys(VIEWS)) {
    byId(name).hidden = name !== butFor;
  }
}

/** Only what is new, as it is read out aloud. */
function say(trouble) {
  if (byId('trouble').textContent !== trouble) {
    byId('trouble').textContent = trouble;
  }
  byId('trouble').hidden = trouble === '';
}

function mark(name) {
  document.title = `${VIEWS[name].title} · Nectar`;
  for (const other of Object.keys(VIEWS)) {
    byId(`to-${other}`).ariaCurrent = other === name ? 'page' : null;
  }
}

/** Anything may stand in an address. */
function here() {
  const { view } = route();
  return Object.hasOwn(VIEWS, view) ? view : 'paint';
}

/** What goes wrong in the page itself is said, not shown as nothing. */
function showHere(focus) {
  show(here(), focus).catch((thrown) => {
    complain(thrown, 'Reload it.');
    throw thrown;
  });
}

async function start() {
  keyMenu();
  themeSwitch();
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault();
    byId('main').focus();
  });
  mark(here());
  parts(VIEWS[here()]).catch(ASKED_AGAIN);
  settings = await untilAnswered(config, (thrown) => complain(thrown, AGAIN));
  if (settings.demo) {
    keys.signIn({ access: settings.key, admin: settings.adminToken });
  }
  byId('demo-note').hidden = !settings.demo;
  byId('version').textContent = settings.version;
  window.addEventListener('hashchange', () => showHere(true));
  showHere(false);
  await VIEWS[here()].making;
  // The others are fetched ahead.
  Object.values(VIEWS).forEach((view) => parts(view).catch(ASKED_AGAIN));
}

start();
