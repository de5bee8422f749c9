// The keyboard: letters are words, the rest moves through the history.

import { cardIsOpen } from './cards.js';

/** So long a lone f may still become the first letter of a word. */
const SECOND_LETTER_MS = 350;

/**
 * What keys can do.
 * @typedef {object} Actions
 * @property {(text: string) => void} type focuses the line and types
 * @property {() => void} back
 * @property {() => void} forward
 * @property {() => void} live
 * @property {() => void} pause toggles
 * @property {() => void} open opens the strip
 * @property {() => void} close closes the strip
 * @property {() => void} escape
 * @property {() => void} full toggles full screen
 */

/** @param {Actions} actions */
export function listen(actions) {
  /** @type {Record<string, () => void>} */
  const commands = {
    ArrowLeft: actions.back,
    ArrowRight: actions.forward,
    ArrowUp: actions.open,
    ArrowDown: actions.close,
    End: actions.live,
    ' ': actions.pause,
  };
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let lone;

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      // An open card closes itself, and has the first claim.
      if (!cardIsOpen()) actions.escape();
      return;
    }
    if (isTaken(event)) return;
    const held = lone !== undefined;
    clearTimeout(lone);
    lone = undefined;

    if (isLetter(event.key)) {
      // f alone is full screen, but "fish" is a word: wait for what follows.
      if (event.key === 'f' && !held) {
        lone = setTimeout(() => { lone = undefined; actions.full(); }, SECOND_LETTER_MS);
        return;
      }
      // The key itself goes to the line, because the line has the focus now.
      actions.type(held ? 'f' : '');
      return;
    }
    const command = commands[event.key];
    if (!command) return;
    event.preventDefault();
    command();
  });

  // On its way up, so that the slash itself does not land on the line.
  document.addEventListener('keyup', (event) => {
    if (event.key === '/' && !event.isComposing && !isTaken(event)) actions.type('');
  });
}

/**
 * Whether the key belongs to the element that has the focus.
 * @param {KeyboardEvent} event
 */
function isTaken({ target, key }) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('.card')) return true;
  // On an empty line there is nothing for an arrow to move through.
  if (target instanceof HTMLInputElement) return target.value !== '' || !/^(Arrow|End)/.test(key);
  return target.matches('button, a') && (key === ' ' || key === 'Enter');
}

/** @param {string} key */
function isLetter(key) {
  return [...key].length === 1 && /[^\s/]/u.test(key);
}
