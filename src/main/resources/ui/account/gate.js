import { el } from '../shared/dom.js';
import { keys } from '../shared/keys.js';
import { Problem, inWords } from '../shared/problem.js';

/** Shows what is for holders of the admin token alone, or says why it does not. */
export class Gate {
  #place;
  #name;
  #load;
  #admin;
  #visible = false;

  /**
   * @param {HTMLElement} place where it is said
   * @param {string} name of what is shown
   * @param {(shown: boolean) => Promise<void>} load shows it, or takes it away
   */
  constructor(place, name, admin, load) {
    this.#place = place;
    this.#name = name;
    this.#admin = admin;
    this.#load = load;
    keys.addEventListener('change', () => this.#keysChanged());
  }

  async show() {
    this.#visible = true;
    if (!this.#admin) {
      this.#say(`${this.#name} are closed`, 'This server has no ADMIN_TOKEN. Whoever runs it can set one.');
    } else if ((await keys.need('admin')) === null) {
      this.#askForToken();
    } else {
      await this.refresh();
    }
  }

  hide() {
    this.#visible = false;
  }

  async refresh() {
    try {
      await this.#load(true);
      this.#place.replaceChildren();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      const { heading, detail, advice } = inWords(problem);
      if (problem.status === 401) {
        this.#askForToken('The admin token was not accepted');
      } else {
        this.#say(heading, `${detail} ${advice}`, this.#button('Try again', () => this.refresh()));
      }
    }
  }

  #askForToken(heading = 'This asks for a token') {
    this.#load(false);
    this.#say(heading, `${this.#name} are for holders of the admin token.`, this.#button('Enter the admin token', () => this.show()));
  }

  #say(heading, text, action = null) {
    this.#place.replaceChildren(el('div', { className: 'message' }, el('h2', {}, heading), el('p', {}, text), action));
  }

  #button(label, onclick) {
    return el('button', { type: 'button', onclick }, label);
  }

  #keysChanged() {
    if (keys.get('admin') === null) {
      this.#askForToken();
    } else if (this.#visible) {
      this.refresh();
    }
  }
}
