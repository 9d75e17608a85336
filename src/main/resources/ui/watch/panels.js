import { el, svg } from '../shared/dom.js';
import { bytes, count, percent, uptime } from '../shared/wording.js';
import { Chart } from './charts.js';
import { endsOf, hitRatio, lastWhole, requestsOf, sum } from './figures.js';

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
    const chart = new Chart('Point at a minute to read it', (m) => {
      const { cached, shared, made, failed } = endsOf(m);
      return `${count(cached)} from the cache, ${count(shared)} shared, ${count(made)} new, ${count(failed)} failed`;
    });
    super('Requests per minute', 'wide', chart.element, legend(['cached', 'From the cache'], ['shared', 'Shared'], ['made', 'New'], ['failed', 'Failed']));
    this.#chart = chart;
  }

  show(_status, { minutes }) {
    const requests = sum(minutes, requestsOf);
    const failed = sum(minutes, (m) => endsOf(m).failed);
    const hour = `${count(requests)} in the last hour, ${count(failed)} without a picture`;
    this.say(requests === 0 ? null : count(requestsOf(lastWhole(minutes))), requests === 0 ? '' : hour);
    this.#chart.bars(minutes, endsOf, `Requests per minute: ${hour}`);
  }
}

/** How much of it the cache answered. */
export class HitRatioPanel extends Panel {
  #chart;

  constructor() {
    const chart = new Chart('Of all requests, those with a picture from the cache', (m) =>
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
    const chart = new Chart('Point at a minute to read it', (m) => `at most ${count(m.generating)} running, ${count(m.waiting)} waiting`);
    super('Generations', '', chart.element, legend(['generating', 'Running'], ['waiting', 'Waiting']));
    this.#chart = chart;
  }

  show({ generating, waiting }, { minutes }) {
    this.say(`${count(generating)} running`, `${count(waiting)} waiting`);
    const most = (name) => count(Math.max(...minutes.map((m) => m[name])));
    this.#chart.bars(minutes, (m) => ({ generating: m.generating, waiting: m.waiting }), `Generations: ${generating} running, ${waiting} waiting; at most ${most('generating')} and ${most('waiting')} in the last hour`);
  }
}

/** How full the cache is. */
export class CachePanel extends Panel {
  #fill = svg('rect', { class: 'cached', width: '0', height: '10' });
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
    const fault = cache.available === false ? 'out of order, nothing is kept: ' : '';
    this.say(known ? bytes(cache.bytes) : null, `${fault}${entries}${limit} (${cache.mode})`);
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
