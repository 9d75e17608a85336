import { el, icon } from '../shared/dom.js';
import { copyOnClick } from '../shared/clipboard.js';
import { curl, curlForm, fileName, imageTag, markdown } from './embed.js';
import { rollSeed, sizeText } from './request.js';
import { PRESETS } from './sizes.js';

/**
 * What may be done with a picture: the same buttons before it is there, so that nothing moves when
 * it comes.
 *
 * @param {import('./request.js').ImageRequest} request
 * @param {{blob: Blob | null, src: string, link: string, kept: string, needsKey: boolean} | null} image
 * @param {{again: (request: import('./request.js').ImageRequest) => void,
 *     edit: (picture: import('./picture.js').Handed) => void}} paint
 * @returns {Element[]}
 */
export function cardActions(request, image, { again, edit }) {
  const name = fileName(request.prompt, request.seed ?? '42', image?.blob?.type);
  return [
    copies(request, image, name),
    el(
      'div',
      { className: 'row' },
      el('a', { className: 'button', ariaLabel: 'Download', title: 'Download', ...download(image, name) }, icon('download'), el('span', {}, 'Download')),
      el('button', { type: 'button', title: 'Again with another seed', onclick: () => again({ ...request, seed: rollSeed() }) }, icon('dice'), 'Another seed'),
      el('button', { type: 'button', disabled: image === null, title: 'Paint another one from this', onclick: () => edit({ url: image.kept, blob: image.blob, name: request.prompt }) }, icon('brush'), 'Edit this'),
      otherSizes(request, again),
    ),
  ];
}

function copies(request, image, name) {
  const link = image?.link ?? '';
  const copy = (label, text, disabled = link === '') => {
    const button = el('button', { type: 'button', disabled }, label);
    copyOnClick(button, text);
    return button;
  };
  return el(
    'div',
    { className: 'segments', role: 'group', ariaLabel: 'Copy' },
    copy('Copy URL', () => link),
    copy('Markdown', () => markdown(link, request.prompt)),
    copy('HTML', () => imageTag(link, request)),
    request.uploads ? copy('curl', () => curlForm(request, name), image === null) : copy('curl', () => curl(link, name, image.needsKey)),
  );
}

function download(image, name) {
  if (image === null) {
    return { role: 'link', ariaDisabled: 'true' };
  }
  return image.blob ? { href: image.src, download: name } : { href: image.src, target: '_blank', rel: 'noopener noreferrer' };
}

function otherSizes(request, again) {
  const others = PRESETS.filter(({ width, height }) => sizeText(request) !== sizeText({ width, height }));
  return el(
    'select',
    {
      ariaLabel: 'Vary size',
      onchange: ({ target }) => {
        const { width, height } = others.find(({ name }) => name === target.value);
        target.value = '';
        again({ ...request, width: String(width), height: String(height) });
      },
    },
    el('option', { value: '' }, 'Vary size'),
    ...others.map(({ name, label, width, height }) => el('option', { value: name }, `${label} ${width} × ${height}`)),
  );
}
