import { el } from '../shared/dom.js';
import { justify } from './justified.js';
import { Thumbnail } from './thumbnail.js';

const GAP = 8;
/** How far beyond the window rows are kept: only those near it hold pictures. */
const NEAR = '120% 0px';

/** A wall of pictures in justified rows. Rows keep their height, so that nothing ever jumps. */
export class Wall {
  #element;
  #onOpen;
  #pictures = [];
  #rows = [];
  #width = 0;
  #nearness = new IntersectionObserver((seen) => seen.forEach((one) => this.#hang(one)), {
    rootMargin: NEAR,
  });

  /** @param {(key: string) => void} onOpen when a picture is chosen */
  constructor(element, onOpen) {
    this.#element = element;
    this.#onOpen = onOpen;
    new ResizeObserver(() => this.#resize()).observe(element);
    element.addEventListener('keydown', (event) => this.#walk(event));
  }

  /** Shows these pictures; those it already shows from the same list stay where they are. */
  show(pictures) {
    const grown = pictures === this.#pictures;
    // The last row may take some of what is new.
    const kept = grown ? this.#rows.length - 1 : 0;
    const from = grown && kept >= 0 ? (this.#rows[kept]?.from ?? 0) : 0;
    this.#pictures = pictures;
    this.#rebuild(Math.max(0, kept), from);
  }

  /** Moves the focus to a picture, which may be far away. */
  focus(index) {
    const row = this.#rows.find(({ from, widths }) => index < from + widths.length);
    if (index < 0 || row === undefined) {
      return;
    }
    row.element.scrollIntoView({ block: 'nearest' });
    this.#fill(row);
    row.element.children[index - row.from]?.focus();
  }

  #resize() {
    const width = this.#element.clientWidth;
    if (width === 0 || width === this.#width) {
      return;
    }
    const first = this.#rows.find(({ element }) => element.getBoundingClientRect().bottom > 0);
    this.#width = width;
    this.#rebuild(0, 0);
    if (first !== undefined && first.from > 0) {
      this.#rows.findLast(({ from }) => from <= first.from)?.element.scrollIntoView();
    }
  }

  #rebuild(kept, from) {
    if (this.#width === 0) {
      return;
    }
    const focused = this.#focused();
    for (const row of this.#rows.splice(kept)) {
      this.#nearness.unobserve(row.element);
      this.#empty(row);
      row.element.remove();
    }
    const height = Math.max(150, Math.min(240, this.#width / 4));
    for (const row of justify(this.#pictures, from, { width: this.#width, gap: GAP, height })) {
      row.element = el('div', { className: 'wall-row' });
      row.element.style.height = `${row.height}px`;
      row.thumbnails = [];
      this.#rows.push(row);
      this.#element.append(row.element);
      this.#nearness.observe(row.element);
    }
    if (focused >= from && this.#focused() < 0) {
      this.focus(focused);
    }
  }

  /** The index of the picture that has the focus, -1 if none has. */
  #focused() {
    const here = document.activeElement?.closest('.thumbnail');
    const row = this.#rows.find(({ element }) => element === here?.parentElement);
    return row === undefined ? -1 : row.from + [...row.element.children].indexOf(here);
  }

  #hang({ target, isIntersecting }) {
    const row = this.#rows.find(({ element }) => element === target);
    if (row === undefined) {
      return;
    }
    if (isIntersecting) {
      this.#fill(row);
    } else if (!target.contains(document.activeElement)) {
      this.#empty(row);
    }
  }

  #fill(row) {
    if (row.thumbnails.length > 0) {
      return;
    }
    row.thumbnails = row.widths.map((width, i) => {
      const picture = this.#pictures[row.from + i];
      return new Thumbnail(picture, width, () => this.#onOpen(picture.key));
    });
    row.element.append(...row.thumbnails.map(({ element }) => element));
  }

  #empty(row) {
    row.thumbnails.forEach((thumbnail) => thumbnail.release());
    row.thumbnails = [];
    row.element.replaceChildren();
  }

  /** Arrow keys go from picture to picture, up and down to the one nearest above or below. */
  #walk(event) {
    const index = this.#focused();
    if (index < 0) {
      return;
    }
    const here = event.target.closest('.thumbnail');
    const at = this.#rows.findIndex(({ element }) => element === here.parentElement);
    const next = {
      ArrowLeft: () => index - 1,
      ArrowRight: () => index + 1,
      ArrowUp: () => this.#beside(here, this.#rows[at - 1]),
      ArrowDown: () => this.#beside(here, this.#rows[at + 1]),
    }[event.key]?.();
    if (next >= 0) {
      event.preventDefault();
      this.focus(next);
    }
  }

  #beside(here, row) {
    if (row === undefined) {
      return -1;
    }
    const middle = here.offsetLeft + here.offsetWidth / 2;
    let right = this.#element.offsetLeft;
    const i = row.widths.findIndex((width) => (right += width + GAP) > middle);
    return row.from + (i < 0 ? row.widths.length - 1 : i);
  }
}
