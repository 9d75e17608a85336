import { el } from '../shared/dom.js';

const TINT = '#f2ab1f';

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LEAP = 5;

/**
 * A dialog in which is painted what of a picture may change. Its mask is as large as the picture and
 * transparent there, as OpenAI's are.
 */
export class MaskPainter {
  #picture = el('img', { alt: '', referrerPolicy: 'no-referrer', draggable: false });
  #canvas = el('canvas', { tabIndex: 0, role: 'application', ariaLabel: 'The mask over the picture', 'aria-describedby': 'mask-help' });
  #brush = el('span', { className: 'mask-brush', 'aria-hidden': 'true' });
  #stage = el('div', { className: 'mask-stage' }, this.#picture, this.#canvas, this.#brush);
  #size = el('input', { id: 'mask-size', type: 'range', min: '2', max: '40', value: '12' });
  #status = el('p', { className: 'offscreen', role: 'status' });
  #dialog;
  #src = null;
  #at = { x: 0, y: 0 };
  #down = false;
  #painted = false;
  #leave = () => {};

  constructor() {
    this.#dialog = el(
      'dialog',
      { className: 'mask', 'aria-labelledby': 'mask-title', 'aria-describedby': 'mask-help' },
      el('h2', { id: 'mask-title' }, 'What may change'),
      el('p', { id: 'mask-help', className: 'hint' }, 'Paint over it. On the keyboard, the arrow keys move the brush, further with Shift, and Space paints.'),
      this.#stage,
      el(
        'div',
        { className: 'mask-bar' },
        el('label', { htmlFor: 'mask-size' }, 'Brush'),
        this.#size,
        this.#button('Clear', () => this.#clear()),
        this.#button('Cancel', () => this.#end(undefined)),
        this.#button('Use the mask', () => this.#export().then((mask) => this.#end(mask)), 'primary'),
      ),
      this.#status,
    );
    document.body.append(this.#dialog);
    this.#dialog.addEventListener('close', () => this.#leave(undefined));
    this.#size.addEventListener('input', () => this.#showBrush());
    this.#listen();
  }

  /**
   * @param {string} src of the picture
   * @param {boolean} anew forgets what was painted over the same picture before
   * @returns {Promise<Blob | null | undefined>} null if nothing is painted, undefined if the dialog
   *     was left
   * @throws what keeps the picture from being shown
   */
  async paint(src, anew) {
    this.#picture.src = src;
    await this.#picture.decode();
    if (anew || src !== this.#src) {
      this.#begin(src);
    }
    return new Promise((resolve) => {
      this.#leave = resolve;
      this.#dialog.showModal();
      this.#canvas.focus();
      this.#showBrush();
    });
  }

  #begin(src) {
    const { naturalWidth, naturalHeight } = this.#picture;
    this.#src = src;
    this.#canvas.width = naturalWidth;
    this.#canvas.height = naturalHeight;
    this.#stage.style.setProperty('--ratio', naturalWidth / naturalHeight);
    this.#at = { x: naturalWidth / 2, y: naturalHeight / 2 };
    this.#painted = false;
  }

  #end(mask) {
    this.#leave(mask);
    this.#dialog.close();
  }

  #button(text, onclick, className = '') {
    return el('button', { type: 'button', className, onclick }, text);
  }

  #listen() {
    const canvas = this.#canvas;
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.#down = true;
      this.#at = this.#pointAt(event);
      this.#lineTo(this.#at);
    });
    canvas.addEventListener('pointermove', (event) => this.#moveTo(this.#pointAt(event)));
    for (const end of ['pointerup', 'pointercancel', 'keyup', 'blur']) {
      canvas.addEventListener(end, () => (this.#down = false));
    }
    canvas.addEventListener('keydown', (event) => this.#press(event));
  }

  #press(event) {
    if (event.key === ' ') {
      event.preventDefault();
      this.#down = true;
      this.#lineTo(this.#at);
      this.#say('Painted');
    } else if (event.key in STEPS) {
      event.preventDefault();
      const [x, y] = STEPS[event.key].map((step) => step * this.#radius * (event.shiftKey ? LEAP : 1));
      this.#moveTo({ x: between(this.#at.x + x, this.#canvas.width), y: between(this.#at.y + y, this.#canvas.height) });
      this.#say('Brush');
    }
  }

  get #radius() {
    return (Number(this.#size.value) / 200) * Math.max(this.#canvas.width, this.#canvas.height);
  }

  #pointAt({ clientX, clientY }) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: ((clientX - left) / width) * this.#canvas.width, y: ((clientY - top) / height) * this.#canvas.height };
  }

  #moveTo(point) {
    if (this.#down) {
      this.#lineTo(point);
    }
    this.#at = point;
    this.#showBrush();
  }

  #lineTo({ x, y }) {
    const pen = this.#canvas.getContext('2d');
    Object.assign(pen, { lineWidth: 2 * this.#radius, strokeStyle: TINT, fillStyle: TINT });
    pen.beginPath();
    pen.moveTo(this.#at.x, this.#at.y);
    pen.lineTo(x, y);
    pen.stroke();
    // A line has no round ends on its own, and one without length is nothing.
    pen.beginPath();
    pen.arc(x, y, this.#radius, 0, 2 * Math.PI);
    pen.fill();
    this.#painted = true;
    this.#showBrush();
  }

  #clear() {
    this.#canvas.getContext('2d').clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#painted = false;
    this.#status.textContent = 'Cleared';
  }

  #showBrush() {
    const { width, height } = this.#canvas;
    const { style } = this.#brush;
    style.left = `${(this.#at.x / width) * 100}%`;
    style.top = `${(this.#at.y / height) * 100}%`;
    style.width = `${((2 * this.#radius) / width) * 100}%`;
  }

  #say(what) {
    const percent = (part, whole) => Math.round((part / whole) * 100);
    this.#status.textContent = `${what} at ${percent(this.#at.x, this.#canvas.width)}% across, ${percent(this.#at.y, this.#canvas.height)}% down`;
  }

  async #export() {
    if (!this.#painted) {
      return null;
    }
    const { width, height } = this.#canvas;
    const mask = el('canvas', { width, height });
    const pen = mask.getContext('2d');
    pen.fillRect(0, 0, width, height);
    pen.globalCompositeOperation = 'destination-out';
    pen.drawImage(this.#canvas, 0, 0);
    return new Promise((resolve) => mask.toBlob(resolve, 'image/png'));
  }
}

function between(value, most) {
  return Math.min(most, Math.max(0, value));
}
