import { byId } from '../shared/dom.js';
import { Problem } from '../shared/problem.js';
import { stay } from '../shared/route.js';
import { history, status } from '../shared/server.js';
import { clock, uptime } from '../shared/wording.js';
import { BackendsPanel } from './backends.js';
import { FailuresPanel } from './failures.js';
import { MinutesPanel } from './minutes.js';
import { CachePanel, GenerationsPanel, HitRatioPanel, RequestsPanel, SavedPanel } from './panels.js';

const PAUSE = 5000;

/** How things stand, asked anew every few seconds while somebody looks. */
export class WatchView {
  #panels = [new RequestsPanel(), new HitRatioPanel(), new GenerationsPanel(), new CachePanel(), new SavedPanel(), new BackendsPanel(), new FailuresPanel(), new MinutesPanel()];
  #visible = false;
  #asking = null;
  #next = 0;
  #last = null;

  constructor() {
    document.addEventListener('visibilitychange', () => this.#resume());
  }

  show() {
    stay('watch', '');
    this.#visible = true;
    this.#resume();
  }

  hide() {
    this.#visible = false;
    this.#resume();
  }

  /** Asks while the view can be seen, and only once at a time. */
  #resume() {
    if (!this.#visible || document.hidden) {
      this.#asking?.abort();
      this.#asking = null;
      clearTimeout(this.#next);
    } else if (this.#asking === null) {
      this.#asking = new AbortController();
      this.#ask(this.#asking.signal);
    }
  }

  async #ask(signal) {
    try {
      const [now, before] = await Promise.all([status(signal), history(signal)]);
      this.#show(now, before);
    } catch (thrown) {
      if (!signal.aborted) {
        this.#stale(Problem.from(thrown));
      }
    }
    if (!signal.aborted) {
      this.#next = setTimeout(() => this.#ask(signal), PAUSE);
    }
  }

  #show(now, before) {
    this.#last = new Date();
    for (const panel of this.#panels) {
      panel.show(now, before);
    }
    byId('panels').classList.remove('stale');
    if (byId('panels').childElementCount === 0) {
      byId('panels').append(...this.#panels.map(({ element }) => element));
    }
    byId('watch-health').textContent = `${health(now)}, running for ${uptime(now.uptimeSeconds)}`;
    byId('watch-health').dataset.status = now.status;
    byId('watch-fresh').textContent = `As of ${clock(this.#last)}, every 5 s`;
  }

  #stale(problem) {
    byId('panels').classList.add('stale');
    byId('watch-fresh').textContent = this.#last === null ? `${problem.message}. Trying again.` : `${problem.message}. These are of ${clock(this.#last)}.`;
  }
}

function health({ status: state, backends, cache }) {
  const idle = backends.filter((backend) => backend.state !== 'up').length;
  if (idle === backends.length) {
    return backends.length === 1 ? 'The back end rests' : 'Every back end rests';
  }
  if (idle > 0) {
    return `${idle} of ${backends.length} back ends ${idle === 1 ? 'rests' : 'rest'}`;
  }
  if (cache.available === false) {
    return 'The cache is out of order';
  }
  const up = backends.length === 1 ? 'The back end is up' : `All ${backends.length} back ends are up`;
  return state === 'ok' ? up : `${up}, but something else is out of order`;
}
