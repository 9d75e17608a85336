import { el, svg } from '../shared/dom.js';
import { bytes, count, percent, uptime } from '../shared/wording.js';
import { Chart } from './charts.js';
import { hitRatio, lastWhole, requestsOf, sum } from './figures.js';

/** What stands where nothing is known. */
export const NONE = 'No data yet';

/** A box with a title, one figure that counts, and what explains it. */
class Panel {
  #figure = el('p', { className: 'figure' });
  #under = el('p', { className: 'under' });

  constructor(title, className, ...more) {
    this.element = el('section', { className: `panel ${className}`, ariaLabel: title }, el('h2', {}, title), this.#figure, this.#under, ...more);
  }

  say(figure, under = '') {
    this.#figure.textContent = figure ?? NONE;
    this.#figure.classList.toggle('none', figure === null);
    this.#under.textContent = under;
  }
}

function legend(...entries) {
  return el('ul', { className: 'legend' }, ...entries.map(([name, words]) => el('li', {}, el('span', { className: `swatch ${name}` }), words)));
}

/** Requests per minute, by how they were answered. */
export class RequestsPanel extends Panel {
  #chart;

  constructor() {
    const chart = new Chart('Point at a minute to read it', (m) =>
      `${count(m.hits)} from the cache, ${count(m.coalesced)} shared, ${count(m.misses)} new, ${count(m.failed)} failed`,
    );
    super('Requests per minute', 'wide', chart.element, legend(['hits', 'From the cache'], ['coalesced', 'Shared'], ['misses', 'New']));
    this.#chart = chart;
  }

  show(_status, { minutes }) {
    const requests = sum(minutes, requestsOf);
    const failed = sum(minutes, (m) => m.failed);
    const hour = `${count(requests)} in the last hour, ${count(failed)} without a picture`;
    this.say(requests === 0 && failed === 0 ? null : count(requestsOf(lastWhole(minutes))), requests === 0 && failed === 0 ? '' : hour);
    this.#chart.bars(minutes, ['hits', 'coalesced', 'misses'], `Requests per minute: ${hour}`);
  }
}

/** How much of it the cache answered. */
export class HitRatioPanel extends Panel {
  #chart;

  constructor() {
    const chart = new Chart('Of all requests, those the cache answered', (m) =>
      hitRatio([m]) === null ? 'no requests' : `${percent(hitRatio([m]))} of ${count(requestsOf(m))}`,
    );
    super('Hit ratio', '', chart.element);
    this.#chart = chart;
  }

  show(_status, { minutes }) {
    const ratio = hitRatio(minutes);
    this.say(ratio === null ? null : percent(ratio), ratio === null ? '' : 'in the last hour');
    this.#chart.line(minutes, (m) => hitRatio([m]), `Hit ratio: ${ratio === null ? NONE : percent(ratio)}`);
  }
}

/** What is being painted, and what waits for its turn. */
export class GenerationsPanel extends Panel {
  #chart;

  constructor() {
    const chart = new Chart('Point at a minute to read it', (m) => `${count(m.generating)} running, ${count(m.waiting)} waiting at its end`);
    super('Generations', '', chart.element, legend(['generating', 'Running'], ['waiting', 'Waiting']));
    this.#chart = chart;
  }

  show({ generating, waiting }, { minutes }) {
    this.say(`${count(generating)} running`, `${count(waiting)} waiting`);
    this.#chart.bars(minutes, ['generating', 'waiting'], `Generations: ${generating} running, ${waiting} waiting`);
  }
}

/** How full the cache is. */
export class CachePanel extends Panel {
  #fill = svg('rect', { class: 'hits', width: '0', height: '10' });
  #meter = svg('svg', { class: 'meter', viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img' }, this.#fill);

  constructor() {
    const meter = svg('svg');
    super('Cache', 'wide', meter);
    meter.replaceWith(this.#meter);
  }

  show({ cache }, { cacheMaxBytes }) {
    const entries = (cache.entries ?? null) === null ? '' : `${count(cache.entries)} entries, `;
    const known = cache.bytes !== undefined && cache.bytes !== null;
    const limit = !cacheMaxBytes ? 'no limit told' : `limit ${bytes(cacheMaxBytes)}`;
    this.say(known ? bytes(cache.bytes) : null, `${entries}${limit} (${cache.mode})`);
    this.#meter.classList.toggle('unknown', !known || !cacheMaxBytes);
    if (known && cacheMaxBytes) {
      const share = Math.min(1, cache.bytes / cacheMaxBytes);
      this.#fill.setAttribute('width', share * 100);
      this.#meter.setAttribute('aria-label', `${percent(share)} of the limit`);
    }
  }
}

/** What the cache was good for. */
export class SavedPanel extends Panel {
  constructor() {
    super('Saved by the cache', 'wide');
  }

  show({ uptimeSeconds }, { saved }) {
    const since = `since the start ${uptime(uptimeSeconds)} ago`;
    if (saved.images === 0 && saved.backendCalls === 0) {
      this.say(null, since);
      return;
    }
    this.say(
      `${count(saved.images)} ${saved.images === 1 ? 'image' : 'images'}`,
      `${count(saved.backendCalls)} back-end ${saved.backendCalls === 1 ? 'call' : 'calls'} saved ${since}`,
    );
  }
}
