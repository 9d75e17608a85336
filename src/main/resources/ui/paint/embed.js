import { absolute, formFields } from './request.js';

const HTML = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const EXTENSIONS = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
};

/** Signs that URLs may hold but that end one in Markdown or in a shell's quotes. */
function quotable(url) {
  return url.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function html(text) {
  return text.replace(/[&<>"]/g, (sign) => HTML[sign]);
}

/** An image in Markdown. */
export function markdown(url, prompt) {
  const alt = prompt.replace(/\s+/g, ' ').replace(/[\\[\]]/g, '\\$&');
  return `![${alt}](${quotable(url)})`;
}

/** An image in HTML; its size keeps a page from jumping. */
export function imageTag(url, { prompt, width, height }) {
  const size = width && height ? ` width="${width}" height="${height}"` : '';
  return `<img src="${html(url)}" alt="${html(prompt)}"${size}>`;
}

/** A command that saves the image; the key is named, not told. */
export function curl(url, name, needsKey) {
  const header = needsKey ? ' -H "Authorization: Bearer $NECTAR_KEY"' : '';
  return `curl -o ${name}${header} '${quotable(url)}'`;
}

/** The same for one that is painted from files, which are to lie where the command is run. */
export function curlForm(request, name) {
  const fields = formFields(request).map(([field, value]) =>
    value instanceof File ? `-F ${fileArgument(field, value.name)}` : `--form-string ${quoted(`${field}=${value}`)}`,
  );
  return `curl -o ${name} -H "Authorization: Bearer $NECTAR_KEY" ${fields.join(' ')} ${quoted(absolute('/prompt'))}`;
}

/** curl reads some signs in names. */
function fileArgument(field, name) {
  return /^[\w.-]+$/.test(name) ? `${field}=@${name}` : quoted(`${field}=@"${name.replace(/[\\"]/g, '\\$&')}"`);
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A name for the image's file, safe in any shell and file system. */
export function fileName(prompt, seed, type) {
  const words = prompt
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return `${words || 'picture'}-${seed}.${EXTENSIONS[type] ?? 'png'}`;
}
