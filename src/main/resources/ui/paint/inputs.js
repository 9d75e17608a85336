import { announce, byId, el, icon } from '../shared/dom.js';
import { brief } from '../shared/wording.js';
import { isPicture, joined, Picture, pictureUrl, separated } from './picture.js';

const MOST = 16;

/** The pictures that the next one is to be painted from, in their order, and the mask of the first. */
export class Inputs {
  #pictures = [];
  #mask = null;
  #painter = null;
  #onChange;

  /** @param {() => void} onChange whenever there are others */
  constructor(onChange) {
    this.#onChange = onChange;
    const files = byId('input-files');
    byId('pick-inputs').addEventListener('click', () => files.click());
    files.addEventListener('change', () => {
      this.#addFiles([...files.files]);
      files.value = '';
    });
    byId('add-url').addEventListener('click', () => this.addTyped());
    byId('input-url').addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.addTyped();
      }
    });
    byId('paint-mask').addEventListener('click', () => this.#paintMask());
    byId('remove-mask').addEventListener('click', () => {
      this.#setMask(null);
      byId('paint-mask').focus();
      announce('The mask is gone');
    });
    document.addEventListener('paste', (event) => this.#paste(event));
    this.#acceptDrops(byId('paint'));
  }

  /** As a request holds them; what is not a URL goes along as a file. */
  read() {
    if (this.#pictures.length === 0) {
      return {};
    }
    const all = this.#mask === null ? this.#pictures : [...this.#pictures, this.#mask];
    if (all.some(({ file }) => file !== null)) {
      return { uploads: { images: this.#pictures.map(({ source }) => source), mask: this.#mask?.source ?? null } };
    }
    return { image: joined(this.#pictures.map(({ url }) => url)), ...(this.#mask === null ? {} : { mask: this.#mask.url }) };
  }

  /** Those of a request that came by URL. */
  fill({ image = '', mask = '' }) {
    [...this.#pictures, this.#mask].forEach((old) => old?.release());
    this.#pictures = separated(image).slice(0, MOST).map((url) => Picture.ofUrl(url));
    this.#mask = mask === '' || this.#pictures.length === 0 ? null : Picture.ofUrl(mask);
    this.#show();
  }

  /**
   * Puts a picture before all others.
   *
   * @param {import('./picture.js').Handed} handed
   */
  putFirst({ url, blob, name }) {
    const first = url === '' ? Picture.ofFile(new File([blob], 'picture.png', { type: blob.type })) : Picture.ofUrl(url, blob ?? undefined, name);
    const others = this.#pictures.filter((other) => other.url === '' || other.url !== url);
    this.#change([first, ...others]);
  }

  /** What stands in the field for URLs. */
  addTyped() {
    const field = byId('input-url');
    if (field.value.trim() === '') {
      return true;
    }
    const url = pictureUrl(field.value);
    if (url === null) {
      this.#complain('This is no http or https URL.');
      field.focus();
      return false;
    }
    field.value = '';
    this.#add([Picture.ofUrl(url)]);
    return true;
  }

  #addFiles(files) {
    const pictures = files.filter(isPicture);
    this.#add(pictures.map(Picture.ofFile));
    if (pictures.length < files.length) {
      const other = files.find((file) => !isPicture(file));
      this.#complain(`${brief(other.name)} is no PNG, JPEG or WebP picture.`);
    }
  }

  #add(pictures) {
    if (pictures.length > 0) {
      this.#change([...this.#pictures, ...pictures]);
    }
  }

  #change(pictures) {
    const kept = pictures.slice(0, MOST);
    const left = this.#pictures.filter((old) => !kept.includes(old));
    left.forEach((old) => old.release());
    if (kept[0] !== this.#pictures[0]) {
      this.#mask?.release();
      this.#mask = null;
    }
    this.#pictures = kept;
    this.#show();
    this.#complain(pictures.length > MOST ? `At most ${MOST} pictures are taken.` : '');
    announce(kept.length === 1 ? '1 picture to start from' : `${kept.length} pictures to start from`);
    this.#onChange();
  }

  #remove(picture) {
    const place = this.#pictures.indexOf(picture);
    this.#change(this.#pictures.filter((other) => other !== picture));
    const buttons = byId('input-list').querySelectorAll('button');
    (buttons[Math.min(place, buttons.length - 1)] ?? byId('pick-inputs')).focus();
  }

  #show() {
    byId('input-list').replaceChildren(...this.#pictures.map((picture) => this.#tile(picture)));
    byId('mask-tools').hidden = this.#pictures.length === 0;
    byId('paint-mask').textContent = this.#mask === null ? 'Paint a mask' : 'Change mask';
    byId('remove-mask').hidden = this.#mask === null;
    const save = byId('save-mask');
    save.hidden = !this.#mask?.file;
    save.href = this.#mask?.file ? this.#mask.src : '';
    this.#complain('');
  }

  #tile(picture) {
    const name = brief(picture.name);
    const item = el('li', { className: 'input-tile', title: name });
    const bare = () => item.prepend(el('span', { className: 'input-name', dir: 'auto' }, name));
    if (picture.src === '') {
      bare();
    } else {
      const image = el('img', { alt: name, referrerPolicy: 'no-referrer', draggable: false });
      image.onerror = () => {
        image.remove();
        bare();
      };
      image.src = picture.src;
      item.append(image);
    }
    item.append(el('button', { type: 'button', className: 'icon-only', ariaLabel: `Remove ${name}`, onclick: () => this.#remove(picture) }, icon('close')));
    return item;
  }

  async #paintMask() {
    const [first] = this.#pictures;
    this.#painter ??= new (await import('./mask.js')).MaskPainter();
    try {
      const mask = await this.#painter.paint(first.src, this.#mask === null);
      if (mask !== undefined && this.#pictures[0] === first) {
        this.#setMask(mask);
        announce(mask === null ? 'Nothing is painted, so there is no mask' : 'The mask is set');
      }
    } catch {
      this.#complain('The first picture can’t be shown here, so no mask can be painted over it.');
    }
  }

  #setMask(blob) {
    this.#mask?.release();
    this.#mask = blob === null ? null : Picture.ofFile(new File([blob], 'mask.png', { type: blob.type }));
    this.#show();
    this.#onChange();
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0 && isOpen()) {
      event.preventDefault();
      this.#addFiles(files);
    }
  }

  #acceptDrops(area) {
    const mark = (on) => area.toggleAttribute('data-dropping', on);
    area.addEventListener('dragover', (event) => {
      if (isForUs(event)) {
        event.preventDefault();
        mark(true);
      }
    });
    area.addEventListener('dragleave', ({ relatedTarget }) => mark(area.contains(relatedTarget) && area.hasAttribute('data-dropping')));
    area.addEventListener('drop', (event) => {
      mark(false);
      if (isForUs(event)) {
        event.preventDefault();
        this.#drop(event.dataTransfer);
      }
    });
  }

  #drop(data) {
    const url = pictureUrl(data.getData('text/uri-list').split(/\r?\n/)[0]);
    if (data.files.length > 0) {
      this.#addFiles([...data.files]);
    } else if (url !== null) {
      this.#add([Picture.ofUrl(url)]);
    } else {
      this.#complain('This is neither a picture nor the URL of one.');
    }
  }

  #complain(words) {
    byId('inputs-problem').textContent = words;
  }
}

function isOpen() {
  return !byId('paint').hidden && document.querySelector('dialog[open]') === null;
}

/** Texts go where they are dropped. */
function isForUs({ dataTransfer, target }) {
  const { types } = dataTransfer;
  return types.includes('Files') || (types.includes('text/uri-list') && !target.closest('input, textarea'));
}
