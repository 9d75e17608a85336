import { el, svg } from '../shared/dom.js';
import { minute as clock } from '../shared/wording.js';
import { SLOTS, ceiling, sum } from './figures.js';

const WIDTH = 600;
const HEIGHT = 100;
const SLOT = WIDTH / SLOTS;

/** A chart of the last hour, a slot a minute, the running one at the right end. */
export class Chart {
  #plot = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' });
  #top = el('span', { className: 'chart-top', 'aria-hidden': 'true' });
  #start = el('span');
  #readout = el('p', { className: 'readout', 'aria-hidden': 'true' });
  #tell;
  #rest;
  #minutes = [];

  /**
   * @param {string} rest what is said while no minute is pointed at
   * @param {(minute: import('./figures.js').Minute) => string} tell a minute in words
   */
  constructor(rest, tell) {
    this.#rest = rest;
    this.#tell = tell;
    this.element = el(
      'figure',
      { className: 'chart' },
      el('div', { className: 'plot' }, this.#top, this.#plot),
      el('div', { className: 'chart-axis', 'aria-hidden': 'true' }, this.#start, el('span', {}, 'now')),
      this.#readout,
    );
    this.#plot.addEventListener('pointermove', (event) => this.#point(event));
    this.#plot.addEventListener('pointerleave', () => this.#say(this.#rest));
    this.#say(rest);
  }

  /**
   * @param {(minute: import('./figures.js').Minute) => Record<string, number>} series of a minute,
   *     piled up in this order
   */
  bars(minutes, series, label) {
    const piles = minutes.map((minute) => Object.entries(series(minute)));
    const top = ceiling(Math.max(...piles.map((pile) => sum(pile, ([, number]) => number))));
    const marks = piles.flatMap((pile, i) => {
      let floor = 0;
      return pile
        .filter(([, number]) => number > 0)
        .map(([name, number]) => {
          const height = (number / top) * HEIGHT;
          floor += height;
          return svg('rect', { class: name, x: this.#x(minutes, i) + 1, y: HEIGHT - floor, width: SLOT - 2, height });
        });
    });
    this.#show(minutes, String(top), label, marks);
  }

  /** @param {(minute: import('./figures.js').Minute) => number | null} share from 0 to 1; gaps stay gaps */
  line(minutes, share, label) {
    const marks = [];
    let points = [];
    const end = () => {
      if (points.length > 0) {
        // A minute on its own is a point, drawn as a short stroke.
        marks.push(svg('polyline', { points: points.length > 1 ? points.join(' ') : `${points[0]} ${points[0]}` }));
        points = [];
      }
    };
    minutes.forEach((minute, i) => {
      const value = share(minute);
      if (value === null) {
        end();
      } else {
        points.push(`${this.#x(minutes, i) + SLOT / 2},${HEIGHT - value * HEIGHT}`);
      }
    });
    end();
    this.#show(minutes, '100%', label, marks);
  }

  #x(minutes, i) {
    return (SLOTS - minutes.length + i) * SLOT;
  }

  #show(minutes, top, label, marks) {
    this.#minutes = minutes;
    this.#top.textContent = marks.length > 0 ? top : '';
    this.element.classList.toggle('bare', marks.length === 0);
    this.#start.textContent = minutes.length < SLOTS ? '1 hour ago' : clock(minutes[0].time);
    this.#plot.setAttribute('aria-label', label);
    this.#plot.replaceChildren(...marks);
  }

  #point(event) {
    const { left, width } = this.#plot.getBoundingClientRect();
    const slot = Math.floor(((event.clientX - left) / width) * SLOTS);
    const minute = this.#minutes[slot - (SLOTS - this.#minutes.length)];
    this.#say(minute === undefined ? this.#rest : `${clock(minute.time)}  ${this.#tell(minute)}`);
  }

  #say(words) {
    this.#readout.textContent = words;
  }
}
