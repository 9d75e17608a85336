import { announce, el, icon } from '../shared/dom.js';
import { copyOnClick } from '../shared/clipboard.js';
import { keys } from '../shared/keys.js';
import { Problem, inWords } from '../shared/problem.js';
import { duration, seconds } from '../shared/wording.js';
import { Comb } from './comb.js';
import { curl, fileName, imageTag, markdown } from './embed.js';
import { fetchImage, generate } from './generation.js';
import { aspectRatio, rollSeed, sizeText } from './request.js';
import { PRESETS } from './sizes.js';

const CACHE = { HIT: 'hit', MISS: 'new', COALESCED: 'shared' };
const SOURCE = { backend: 'back end', fallback: 'fallback' };
const MAX_RATIO = 3;

/** One picture: while it is made, when it is there, or why it is not. */
export class Card {
  #request;
  #again;
  #abort = new AbortController();
  #frame = el('div', { className: 'frame' });
  #facts = {};
  #actions = el('div', { className: 'actions' });
  #note = el('p', { className: 'note' });
  #image = null;

  /**
   * @param {import('./request.js').ImageRequest} request
   * @param {(request: import('./request.js').ImageRequest) => void} again paints another one
   */
  constructor(request, again) {
    this.#request = request;
    this.#again = again;
    const ratio = Math.min(MAX_RATIO, Math.max(1 / MAX_RATIO, aspectRatio(request)));
    this.element = el(
      'article',
      { className: 'card', 'aria-label': request.prompt },
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
    try {
      const done = await generate(this.#request, stages.enter, signal);
      this.#image = await fetchImage(this.#request, done, signal);
      if (signal.aborted) {
        this.#release();
        return;
      }
      await this.#showImage(done, stages.passed);
    } catch (thrown) {
      if (!signal.aborted) {
        this.#showProblem(Problem.from(thrown));
      }
    } finally {
      stages.stop();
    }
  }

  remove() {
    this.#abort.abort();
    this.#release();
    this.element.remove();
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
      el('p', { className: 'card-prompt', title: this.#request.prompt }, this.#request.prompt),
      el('button', { type: 'button', className: 'quiet icon-only', ariaLabel: 'Remove this card', onclick: () => this.remove() }, icon('close')),
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
      fact('Seed', this.#request.seed === '-1' ? '…' : (this.#request.seed ?? '42')),
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
      announce(`${words}: ${this.#request.prompt}`);
    };
    return { enter, passed, stop: () => clearInterval(ticking) };
  }

  async #showImage(done, passed) {
    const picture = el('img', { alt: this.#request.prompt, referrerPolicy: 'no-referrer' });
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
    this.element.dataset.state = 'done';
    this.element.ariaBusy = 'false';
    this.#frame.replaceChildren(picture);
    this.#note.textContent = this.#noteOn(passed);
    this.#fillActions();
    announce(`Here it is, after ${duration(done.milliseconds)}: ${this.#request.prompt}`);
  }

  #noteOn(passed) {
    const story = [
      passed.includes('refused') ? 'A back end refused the prompt.' : '',
      passed.includes('rewriting') ? 'It was reworded and painted after all.' : '',
      passed.includes('fallback') ? 'The fallback painted it.' : '',
    ];
    const link = this.#image.needsKey
      ? 'To use the URL elsewhere, add &key=… with the access key.'
      : this.#image.link
        ? ''
        : 'It could not be kept, so it has no URL. Download it if you want to have it.';
    return [...story, link].filter((text) => text !== '').join(' ');
  }

  #showProblem(problem) {
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
    this.element.dataset.state = 'failed';
    this.element.ariaBusy = 'false';
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

  /** The same buttons from the start, so that nothing moves when the picture comes. */
  #fillActions() {
    const request = this.#request;
    const there = this.#image !== null;
    const link = this.#image?.link ?? '';
    const name = fileName(request.prompt, request.seed ?? '42', this.#image?.blob?.type);
    const copy = (label, text) => {
      const button = el('button', { type: 'button', disabled: link === '' }, label);
      copyOnClick(button, text);
      return button;
    };
    const vary = el(
      'select',
      {
        ariaLabel: 'Vary size',
        onchange: ({ target }) => {
          const { width, height } = PRESETS.find(({ name: preset }) => preset === target.value);
          target.value = '';
          this.#again({ ...request, width: String(width), height: String(height) });
        },
      },
      el('option', { value: '' }, 'Vary size'),
      ...PRESETS.filter(({ width, height }) => sizeText(request) !== sizeText({ width, height })).map((preset) =>
        el('option', { value: preset.name }, `${preset.label} ${preset.width} × ${preset.height}`),
      ),
    );
    this.#actions.replaceChildren(
      el(
        'div',
        { className: 'segments', role: 'group', ariaLabel: 'Copy' },
        copy('Copy URL', () => link),
        copy('Markdown', () => markdown(link, request.prompt)),
        copy('HTML', () => imageTag(link, request)),
        copy('curl', () => curl(link, name, this.#image.needsKey)),
      ),
      el(
        'div',
        { className: 'row' },
        el('a', { className: 'button', ariaLabel: 'Download', title: 'Download', ...this.#download(there, name) }, icon('download'), el('span', {}, 'Download')),
        el('button', { type: 'button', title: 'Again with another seed', onclick: () => this.#again({ ...request, seed: rollSeed() }) }, icon('dice'), 'Another seed'),
        vary,
      ),
    );
  }

  #download(there, name) {
    if (!there) {
      return { role: 'link', ariaDisabled: 'true' };
    }
    return this.#image.blob
      ? { href: this.#image.src, download: name }
      : { href: this.#image.src, target: '_blank', rel: 'noopener noreferrer' };
  }
}
