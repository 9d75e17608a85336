import { announce, el, icon } from '../shared/dom.js';
import { keys } from '../shared/keys.js';
import { Problem, inWords } from '../shared/problem.js';
import { brief, duration, seconds } from '../shared/wording.js';
import { cardActions } from './card-actions.js';
import { Comb } from './comb.js';
import { fetchImage, generate } from './generation.js';
import { aspectRatio, sizeText } from './request.js';
import { underWay } from './under-way.js';

const CACHE = { HIT: 'hit', MISS: 'new', COALESCED: 'shared' };
const SOURCE = { backend: 'back end', fallback: 'fallback' };
const MAX_RATIO = 3;

/** One picture: while it is made, when it is there, or why it is not. */
export class Card {
  #request;
  #name;
  #paint;
  #abort = new AbortController();
  #frame = el('div', { className: 'frame' });
  #facts = {};
  #actions = el('div', { className: 'actions' });
  #note = el('p', { className: 'note' });
  #image = null;
  #underWay = 0;

  /**
   * @param {import('./request.js').ImageRequest} request
   * @param {{again: (request: import('./request.js').ImageRequest) => void,
   *     edit: (picture: import('./picture.js').Handed) => void,
   *     closed: () => void}} paint `again` paints another one
   */
  constructor(request, paint) {
    this.#request = request;
    this.#name = brief(request.prompt);
    this.#paint = paint;
    const ratio = Math.min(MAX_RATIO, Math.max(1 / MAX_RATIO, aspectRatio(request)));
    this.element = el(
      'article',
      { className: 'card', 'aria-label': this.#name },
      this.#frame,
      el('div', { className: 'caption' }, this.#heading(), this.#factList(), this.#actions, this.#note),
    );
    // Through the object model, as the policy allows no style attribute.
    this.element.style.setProperty('--ratio', ratio);
    this.#fillActions();
  }

  /** Has it painted; may be called again after a failure. */
  async start() {
    const signal = this.#abort.signal;
    const began = performance.now();
    const stages = this.#showProgress(began);
    this.#forget();
    this.#underWay = underWay.add(this.#request);
    try {
      const done = await generate(this.#request, stages.enter, signal);
      const image = await fetchImage(this.#request, done, signal);
      this.#image = image;
      if (signal.aborted) {
        this.#release();
        return;
      }
      await this.#showImage(done, stages.passed);
      this.#forget();
    } catch (thrown) {
      if (!signal.aborted) {
        this.#fail(Problem.from(thrown));
      }
    } finally {
      stages.stop();
    }
  }

  close() {
    this.#abort.abort();
    this.#forget();
    this.#release();
    this.element.remove();
    this.#paint.closed();
  }

  #forget() {
    underWay.remove(this.#underWay);
  }

  #release() {
    if (this.#image?.blob) {
      URL.revokeObjectURL(this.#image.src);
    }
  }

  #heading() {
    return el(
      'div',
      { className: 'card-head' },
      el('p', { className: 'card-prompt', dir: 'auto', title: this.#name }, this.#request.prompt),
      el('button', { type: 'button', className: 'quiet icon-only', ariaLabel: 'Remove this card', onclick: () => this.close() }, icon('close')),
    );
  }

  #factList() {
    const fact = (name, text) => {
      this.#facts[name] = el('dd', {}, text);
      return el('div', {}, el('dt', {}, name), this.#facts[name]);
    };
    return el(
      'dl',
      { className: 'facts' },
      fact('Seed', this.#request.seed ?? '42'),
      fact('Size', sizeText(this.#request)),
      fact('Source', '…'),
      fact('Time', '…'),
      fact('Cache', '…'),
    );
  }

  #showProgress(began) {
    const comb = new Comb();
    const stage = el('span', { className: 'stage' }, 'Asking');
    const clock = el('span', { className: 'clock', 'aria-hidden': 'true' }, seconds(0));
    this.element.dataset.state = 'working';
    this.element.ariaBusy = 'true';
    this.#frame.replaceChildren(comb.element, el('p', { className: 'progress' }, stage, clock));
    const ticking = setInterval(() => {
      clock.textContent = seconds(performance.now() - began);
    }, 100);
    const passed = [];
    const enter = ({ name, words }) => {
      passed.push(name);
      comb.fill();
      stage.textContent = words;
      announce(`${words}: ${this.#name}`);
    };
    return { enter, passed, stop: () => clearInterval(ticking) };
  }

  async #showImage(done, passed) {
    const picture = el('img', { alt: this.#name, referrerPolicy: 'no-referrer' });
    picture.src = this.#image.src;
    await picture.decode().catch(() => {
      throw new Problem({ status: 404, title: 'The picture can’t be shown', detail: 'Its host did not deliver it.', advice: 'Try again.' });
    });
    this.#facts.Seed.textContent = done.seed;
    this.#facts.Size.textContent = `${picture.naturalWidth} × ${picture.naturalHeight}`;
    this.#facts.Source.textContent = SOURCE[done.source] ?? done.source;
    this.#facts.Time.textContent = duration(done.milliseconds);
    this.#facts.Cache.textContent = CACHE[done.cache] ?? done.cache;
    this.#request = { ...this.#request, seed: String(done.seed) };
    this.#end('done');
    this.#frame.replaceChildren(picture);
    this.#note.textContent = this.#noteOn(passed);
    this.#fillActions();
    announce(`Here it is, after ${duration(done.milliseconds)}: ${this.#name}`);
  }

  #noteOn(passed) {
    const story = [
      passed.includes('refused') ? 'A back end refused the prompt.' : '',
      passed.includes('rewriting') ? 'It was reworded and painted after all.' : '',
      passed.includes('fallback') ? 'The fallback painted it.' : '',
    ];
    const link = this.#image.needsKey ? 'To use the URL elsewhere, add &key=… with the access key.' : this.#image.unlinked;
    return [...story, link].filter((text) => text !== '').join(' ');
  }

  #fail(problem) {
    // An answer ends it. Where there was none, a page that is opened again asks again.
    if (problem.status !== 0) {
      this.#forget();
    }
    const { heading, detail, advice } = inWords(problem);
    for (const unknown of ['Source', 'Time', 'Cache']) {
      this.#facts[unknown].textContent = '–';
    }
    const wrongKey = problem.status === 401;
    const retry = async () => {
      if ((await keys.need('access')) !== null) {
        this.start();
      }
    };
    this.#end('failed');
    this.#frame.replaceChildren(
      el(
        'div',
        { className: 'problem' },
        el('h3', {}, heading),
        el('p', {}, detail),
        el('p', {}, advice),
        el('button', { type: 'button', onclick: retry }, wrongKey ? 'Enter the key' : 'Try again'),
        problem.requestId ? el('p', { className: 'request-id' }, `Request ${problem.requestId}`) : null,
      ),
    );
    announce(`${heading}. ${detail} ${advice}`);
  }

  #end(state) {
    this.element.dataset.state = state;
    this.element.ariaBusy = 'false';
  }

  #fillActions() {
    this.#actions.replaceChildren(...cardActions(this.#request, this.#image, this.#paint));
  }
}
