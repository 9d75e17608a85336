import { el } from '../shared/dom.js';
import { copyOnClick } from '../shared/clipboard.js';
import { Problem } from '../shared/problem.js';

/**
 * Asks something in a dialog.
 *
 * @param {(form: HTMLFormElement) => Promise<T>} act what is done with the answer; what it throws is said
 * @returns {Promise<T | null>} null if nothing was to be done
 * @template T
 */
export function ask(title, fields, { verb, look = 'primary' }, act) {
  const failed = el('p', { className: 'error', role: 'alert' });
  const submit = el('button', { type: 'submit', className: look }, verb);
  const cancel = el('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel');
  const form = el('form', { autocomplete: 'off' }, el('h2', {}, title), ...fields, failed, el('div', { className: 'ask-buttons' }, cancel, submit));
  const dialog = el('dialog', { className: 'ask', ariaLabel: title }, form);
  let done = null;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      done = await act(form);
      dialog.close();
    } catch (thrown) {
      const problem = Problem.from(thrown);
      failed.textContent = problem.detail || problem.message;
    } finally {
      submit.disabled = false;
    }
  });
  return open(dialog).then(() => done);
}

/** Shows a key, which nobody can tell later. */
export function tellKey(name, key) {
  const copy = el('button', { type: 'button', className: 'primary' }, 'Copy');
  copyOnClick(copy, () => key);
  const close = el('button', { type: 'button', onclick: () => dialog.close() }, 'Done');
  const dialog = el(
    'dialog',
    { className: 'ask', ariaLabel: `The key of ${name}` },
    el(
      'form',
      { method: 'dialog' },
      el('h2', {}, `The key of ${name}`),
      el('p', {}, 'Copy it now: it is not told again.'),
      el('code', { className: 'secret', id: 'new-key' }, key),
      el('div', { className: 'ask-buttons' }, copy, close),
    ),
  );
  return open(dialog);
}

function open(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve();
    });
  });
}
