import { byId, el } from '../shared/dom.js';
import { keys } from '../shared/keys.js';
import { route, stay } from '../shared/route.js';
import { AddressBar } from './address-bar.js';
import { Card } from './card.js';
import { Comb } from './comb.js';
import { RequestForm } from './form.js';
import { handover } from './picture.js';
import { rollSeed, tidy, toQuery } from './request.js';
import { underWay } from './under-way.js';

const MAX_CARDS = 24;
const EXAMPLE = { prompt: 'golden light over a mountain lake in autumn', width: '1536', height: '1024', seed: '42' };
const EXAMPLES = ['a red apple on a wooden table', 'a city at night, tower windows lit', 'an abstract wave of golden silk'];
const REFUSED_EXAMPLE = 'a forbidden garden';

/** Where a prompt is tried and watched being painted. */
export class PaintView {
  #form = new RequestForm(() => this.#changed(), async () => bringIntoSight(await this.#generate()));
  #address;
  #cards = [];
  #saving = 0;

  constructor({ demo, signing }) {
    this.#address = new AddressBar(signing);
    byId('examples').append(
      ...[...EXAMPLES, ...(demo ? [REFUSED_EXAMPLE] : [])].map((prompt) =>
        el('button', { type: 'button', className: 'example', data: { prompt } }, prompt === REFUSED_EXAMPLE ? `${prompt} (refused, then reworded)` : prompt),
      ),
    );
    byId('no-cards').prepend(new Comb().element);
    this.#form.fill(this.#linked() ?? EXAMPLE);
    this.#showAddress();
    this.#rejoin();
    // The demo costs nothing, so whoever opens it sees a picture at once.
    if (demo && this.#cards.length === 0) {
      this.#generate();
    }
  }

  /** @returns {boolean} whether it knows what is to have the focus */
  show() {
    const linked = this.#linked();
    // Files that the form holds stand in no address.
    if (linked !== null && String(toQuery(linked)) !== String(toQuery(this.#form.read()))) {
      this.#form.fill(linked);
      this.#showAddress();
    }
    const handed = handover.take();
    if (handed !== null) {
      this.#form.edit(handed);
    }
    this.#save();
    return handed !== null;
  }

  hide() {
    clearTimeout(this.#saving);
  }

  /** What the page's own address asks for. */
  #linked() {
    const { query } = route();
    return query.has('prompt') ? tidy(Object.fromEntries(query)) : null;
  }

  #changed() {
    this.#showAddress();
    clearTimeout(this.#saving);
    // Browsers limit how often a page may rewrite its address.
    this.#saving = setTimeout(() => this.#save(), 300);
  }

  #save() {
    stay('paint', toQuery(this.#form.read()));
  }

  #showAddress() {
    this.#address.show(this.#form.read());
  }

  /** Goes on with what was being painted when the page was left. */
  #rejoin() {
    if (keys.get('access') === null) {
      return;
    }
    for (const { since, request } of underWay.list()) {
      underWay.remove(since);
      this.#paint(request);
    }
  }

  /** @returns the card's element, null if nothing is painted */
  async #generate() {
    this.#save();
    if (this.#form.read().prompt === '' || (await keys.need('access')) === null) {
      return null;
    }
    return this.#paint(this.#form.read());
  }

  #paint(request) {
    const card = new Card(drawn(request), {
      again: (other) => this.#paint(other),
      edit: (picture) => this.#form.edit(picture),
      closed: () => {
        this.#cards = this.#cards.filter((other) => other !== card);
      },
    });
    this.#cards.unshift(card);
    this.#cards.slice(MAX_CARDS).forEach((old) => old.close());
    byId('cards').prepend(card.element);
    byId('cards').scrollLeft = 0;
    card.start();
    return card.element;
  }
}

/** Drawn here, not by the server: only what has its seed can be asked for again. */
function drawn(request) {
  return request.seed === '-1' ? { ...request, seed: rollSeed() } : request;
}

/** On a phone the pictures are below the form. */
function bringIntoSight(card) {
  if (card !== null && card.getBoundingClientRect().top > window.innerHeight * 0.6) {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    card.scrollIntoView({ block: 'nearest', behavior: still ? 'instant' : 'smooth' });
  }
}
