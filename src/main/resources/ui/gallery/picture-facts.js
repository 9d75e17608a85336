import { el } from '../shared/dom.js';
import { bytes, moment } from '../shared/wording.js';
import { UNRECORDED } from './thumbnail.js';

const SOURCE = { backend: 'A back end', fallback: 'The fallback' };

/** All that is known of a picture, as terms and descriptions; what is not known is left out. */
export function factsOf(picture) {
  const wordings = new Set([picture.prompt]);
  // Only the wording that differs says something.
  const wording = (term, text) => {
    if (!text || wordings.has(text)) {
      return [];
    }
    wordings.add(text);
    return fact(term, text, 'long');
  };
  return [
    ...fact('Prompt', picture.prompt ?? UNRECORDED, 'long'),
    ...wording('Optimized', picture.optimizedPrompt),
    ...wording('Rewritten after a refusal', picture.rewrittenPrompt),
    ...wording('Sent', picture.sentPrompt),
    ...fact('Painted by', SOURCE[picture.source] ?? picture.source),
    ...fact('Model', picture.sentModel ?? picture.model),
    ...fact('Seed', picture.seed),
    ...fact('Asked for', pair(picture.width, picture.height)),
    ...fact('Pixels', pair(picture.pixels?.width, picture.pixels?.height)),
    ...Object.entries(picture.extras ?? {}).flatMap(([name, value]) => fact(name.replaceAll('_', ' '), value)),
    ...fact('Made', picture.createdAt && moment(picture.createdAt)),
    ...fact('File', `${picture.contentType}, ${bytes(picture.bytes)}`),
    ...(picture.inputs ?? []).flatMap((input, i) => fact(`Made from${picture.inputs.length > 1 ? ` (${i + 1})` : ''}`, described(input), 'long code')),
    ...(picture.mask ? fact('Mask', described(picture.mask), 'long code') : []),
    ...fact('Hosted at', picture.hostedUrl, 'long'),
    ...fact('SHA-256', picture.sha256, 'long code'),
    ...fact('Cache key', picture.key, 'long code'),
  ];
}

function described({ contentType, size, sha256 }) {
  return [contentType, size === null ? null : bytes(size), sha256].filter((part) => part !== null).join(', ');
}

function pair(width, height) {
  return width && height ? `${width} × ${height}` : null;
}

function fact(term, value, className = '') {
  return value === null || value === undefined || value === ''
    ? []
    : [el('div', { className }, el('dt', {}, term), el('dd', { dir: 'auto' }, String(value)))];
}
