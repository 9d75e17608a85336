const MIN_RATIO = 0.4;
const MAX_RATIO = 3.2;

/** Width by height within bounds; a square where it is not known. */
export function ratioOf({ width, height }) {
  return width && height ? Math.min(MAX_RATIO, Math.max(MIN_RATIO, width / height)) : 1;
}

/**
 * Breaks pictures into rows that are as wide as the wall. The last row may be short of it.
 *
 * @param {{width: number | null, height: number | null}[]} pictures
 * @param {number} from the index of the first one to place
 * @param {{width: number, gap: number, height: number}} wall `height` is what rows aim at
 * @returns {{from: number, height: number, widths: number[]}[]} in pixels
 */
export function justify(pictures, from, wall) {
  const rows = [];
  let start = from;
  let ratios = [];
  for (let i = from; i < pictures.length; i++) {
    ratios.push(ratioOf(pictures[i]));
    const height = heightOf(ratios, wall);
    if (height <= wall.height) {
      rows.push(row(start, ratios, height));
      start = i + 1;
      ratios = [];
    }
  }
  if (ratios.length > 0) {
    rows.push(row(start, ratios, Math.min(wall.height, heightOf(ratios, wall))));
  }
  return rows;
}

function heightOf(ratios, { width, gap }) {
  return (width - gap * (ratios.length - 1)) / ratios.reduce((sum, ratio) => sum + ratio, 0);
}

function row(from, ratios, height) {
  return { from, height, widths: ratios.map((ratio) => ratio * height) };
}
