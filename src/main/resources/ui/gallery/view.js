import { byId, el } from '../shared/dom.js';
import { keys } from '../shared/keys.js';
import { Problem, inWords } from '../shared/problem.js';
import { enter, leave, route, stay } from '../shared/route.js';
import { config } from '../shared/server.js';
import { count } from '../shared/wording.js';
import { Entries } from './entries.js';
import { LargeView } from './large-view.js';
import { Wall } from './wall.js';

/** So long a pause in typing is taken for its end. */
const TYPING_PAUSE = 250;
/** How far before the end of the wall the next page is asked for. */
const AHEAD = '150% 0px';

/** What the cache holds. */
export class GalleryView {
  #admin;
  #entries = new Entries();
  #large;
  #wall = new Wall(byId('rows'), (key) => this.#open(key));
  #typing = 0;
  #begun = false;
  #visible = false;
  #atEnd = false;

  constructor({ admin, signing }) {
    this.#admin = admin;
    this.#large = new LargeView({
      signing,
      pictures: () => this.#entries.list,
      more: () => (this.#entries.complete ? Promise.resolve() : this.#next()),
      turned: (key) => stay(`gallery/${key}`, this.#query()),
      removed: (key) => this.#removed(key),
      closed: (key, place) => this.#closed(key, place),
    });
    byId('search-text').addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#search(byId('search-text').value.trim()), TYPING_PAUSE);
    });
    byId('search').addEventListener('submit', (event) => {
      event.preventDefault();
      clearTimeout(this.#typing);
      this.#search(byId('search-text').value.trim());
    });
    keys.addEventListener('change', () => this.#keysChanged());
    new IntersectionObserver(
      ([end]) => {
        this.#atEnd = end.isIntersecting;
        this.#fill();
      },
      { rootMargin: AHEAD },
    ).observe(byId('gallery-end'));
  }

  /** Follows the address: the search, and the picture that is seen large. */
  async show() {
    this.#visible = true;
    if (!(await this.#isOpen())) {
      this.#say('The gallery is closed', 'This server lets nobody look through its pictures. Whoever runs it can open the gallery.');
      return;
    }
    const text = route().query.get('q') ?? this.#entries.text;
    byId('search-text').value = text;
    if ((await keys.need('admin')) === null) {
      this.#askForToken();
      return;
    }
    if (!this.#begun || text !== this.#entries.text) {
      this.#search(text);
    } else {
      this.#save();
    }
    const { item } = route();
    if (item === '') {
      this.#large.close();
    } else {
      this.#large.open(item);
    }
  }

  hide() {
    this.#visible = false;
    clearTimeout(this.#typing);
    this.#large.close();
  }

  /** A server that was closed may have been opened since. */
  async #isOpen() {
    if (!this.#admin) {
      this.#admin = (await config().catch(() => ({ admin: false }))).admin;
    }
    return this.#admin;
  }

  #query() {
    return new URLSearchParams(this.#entries.text === '' ? {} : { q: this.#entries.text });
  }

  #save() {
    const { item } = route();
    stay(item === '' ? 'gallery' : `gallery/${item}`, this.#query());
  }

  #open(key) {
    enter(`gallery/${key}`, this.#query());
    this.#large.open(key);
  }

  /** By going back, its address is left already; without a token, it is opened again later. */
  #closed(key, place) {
    if (this.#visible && route().item !== '' && keys.get('admin') !== null) {
      leave('gallery', this.#query());
    }
    const index = this.#entries.indexOf(key);
    // In the place of one that was deleted comes the one after it.
    this.#wall.focus(index < 0 ? Math.min(place, this.#entries.list.length - 1) : index);
  }

  #search(text) {
    this.#begun = true;
    this.#entries.search(text);
    this.#save();
    this.#wall.show(this.#entries.list);
    byId('gallery-end').replaceChildren();
    this.#next();
  }

  /** Asks for pages while the end of the wall is in sight. */
  #fill() {
    if (this.#atEnd && this.#visible && this.#begun && !this.#entries.complete) {
      this.#next();
    }
  }

  async #next() {
    try {
      this.#count();
      await this.#entries.more();
      this.#wall.show(this.#entries.list);
      this.#count();
      this.#nothingFound();
      this.#large.listed();
      // The observer only tells of changes: it may still be in sight.
      requestAnimationFrame(() => this.#fill());
    } catch (thrown) {
      if (thrown.name !== 'AbortError') {
        this.#failed(Problem.from(thrown));
      }
    }
  }

  #count() {
    const { list, complete, text } = this.#entries;
    const pictures = list.length === 1 ? '1 picture' : `${count(list.length)} pictures`;
    const waiting = text === '' ? 'Loading' : 'Searching';
    byId('gallery-count').textContent = complete ? pictures : list.length > 0 ? `${pictures} so far` : waiting;
  }

  #nothingFound() {
    const { list, complete, text } = this.#entries;
    if (!complete || list.length > 0) {
      return;
    }
    if (text === '') {
      this.#say('Nothing is cached yet', 'Every picture that is painted appears here.', el('a', { className: 'button', href: '#/paint' }, 'Paint the first one'));
    } else {
      this.#say('No prompt holds that', `Nothing was found for “${text}”. Try fewer or other words.`);
    }
  }

  #failed(problem) {
    this.#begun = false;
    const { heading, detail, advice } = inWords(problem);
    if (problem.status === 401) {
      this.#askForToken('The admin token was not accepted');
    } else {
      this.#say(heading, `${detail} ${advice}`, this.#button('Try again', () => this.#search(this.#entries.text)));
    }
  }

  #askForToken(heading = 'The gallery asks for a token') {
    this.#say(heading, 'It shows what everybody had painted, so only holders of the admin token may look.', this.#button('Enter the admin token', () => this.show()));
  }

  #say(heading, text, action = null) {
    byId('gallery-count').textContent = '';
    byId('gallery-end').replaceChildren(el('div', { className: 'message' }, el('h2', {}, heading), el('p', {}, text), action));
  }

  #button(label, onclick) {
    return el('button', { type: 'button', onclick }, label);
  }

  /** Whoever forgets the token no longer sees what it showed. */
  #keysChanged() {
    if (keys.get('admin') === null) {
      this.#begun = false;
      this.#entries.search(this.#entries.text);
      this.#wall.show(this.#entries.list);
      this.#large.close();
      this.#askForToken();
    } else if (this.#visible && !this.#begun) {
      this.show();
    }
  }

  #removed(key) {
    this.#entries.remove(key);
    this.#wall.show(this.#entries.list);
    this.#count();
    this.#nothingFound();
  }
}
