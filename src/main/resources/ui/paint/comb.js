import { svg } from '../shared/dom.js';

const RADIUS = 10;
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [0, -1],
  [1, -1],
];

/** Cells as axial coordinates, from the middle outwards in two rings. */
function spiral() {
  const cells = [[0, 0]];
  for (let ring = 1; ring <= 2; ring++) {
    let [q, r] = [DIRECTIONS[4][0] * ring, DIRECTIONS[4][1] * ring];
    for (const [dq, dr] of DIRECTIONS) {
      for (let step = 0; step < ring; step++) {
        cells.push([q, r]);
        [q, r] = [q + dq, r + dr];
      }
    }
  }
  return cells;
}

function hexagon([q, r]) {
  const x = RADIUS * Math.sqrt(3) * (q + r / 2);
  const y = RADIUS * 1.5 * r;
  const corners = Array.from({ length: 6 }, (_, i) => {
    const angle = (Math.PI / 3) * i + Math.PI / 6;
    const size = RADIUS - 1.1;
    return `${(x + size * Math.cos(angle)).toFixed(2)},${(y + size * Math.sin(angle)).toFixed(2)}`;
  });
  return svg('polygon', { points: corners.join(' ') });
}

/** A honeycomb that gains a cell with every stage a picture passes; it knows no percentage. */
export class Comb {
  #cells = spiral().map(hexagon);
  #full = 0;

  constructor() {
    this.element = svg(
      'svg',
      { class: 'comb', viewBox: '-48 -44 96 88', 'aria-hidden': 'true' },
      ...this.#cells,
    );
  }

  /** Fills the next cell; it glows until the one after it does. */
  fill() {
    this.#cells[this.#full - 1]?.classList.remove('now');
    if (this.#full < this.#cells.length) {
      this.#cells[this.#full].classList.add('full', 'now');
      this.#full += 1;
    }
  }
}
