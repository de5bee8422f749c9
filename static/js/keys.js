// The keyboard, or the remote control of a TV: letters are words, the rest moves
// through the history. No letter does anything else, however slowly one types.

import { cardIsOpen } from './cards.js';

/** What TVs send for their button "back". */
const BACK_NAMES = ['Escape', 'GoBack', 'BrowserBack'];
const BACK_CODES = [461, 10009];

/** Keys that an input method turns into letters once it has a line to write on. */
const COMPOSING = ['Process', 'Dead'];

/** Keys that a window scrolls with. */
const SCROLLING = ['ArrowUp', 'ArrowDown', 'End', ' '];

/**
 * What keys can do.
 * @typedef {object} Actions
 * @property {() => boolean} asleep whether nobody sees what a key would do
 * @property {() => boolean} scrolls whether the window has to be scrolled
 * @property {() => void} type focuses the line
 * @property {() => void} back
 * @property {() => void} forward
 * @property {() => void} live
 * @property {() => void} pause toggles
 * @property {() => void} open opens the strip
 * @property {() => void} down closes the strip, or goes to the letters
 * @property {() => void} letters shows letters to choose from
 * @property {() => boolean} escape gives false when there is nothing to leave
 */

/** @param {Actions} actions */
export function listen(actions) {
  /** @type {Record<string, () => void>} */
  const commands = {
    ArrowLeft: actions.back,
    ArrowRight: actions.forward,
    ArrowUp: actions.open,
    ArrowDown: actions.down,
    Enter: actions.letters,
    End: actions.live,
    ' ': actions.pause,
  };

  /** The key that has done all it does here. */
  let spent = '';

  document.addEventListener('keydown', (event) => {
    spent = '';
    if (event.isComposing || event.defaultPrevented) return;
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const leaves = BACK_NAMES.includes(key) || BACK_CODES.includes(event.keyCode);
    if (actions.asleep() && (leaves || key in commands)) {
      spent = key;
      event.preventDefault();
      return;
    }
    if (leaves) {
      // An open card closes itself, and has the first claim.
      if (!cardIsOpen() && actions.escape()) event.preventDefault();
      return;
    }
    if (isTaken(event)) return;
    if (isLetter(key)) {
      // The key itself goes to the line, because the line has the focus now.
      actions.type();
      return;
    }
    const command = commands[key];
    if (!command || (actions.scrolls() && SCROLLING.includes(key))) return;
    event.preventDefault();
    spent = key;
    command();
  });

  // Some browsers press the button that has the focus by now when this follows.
  document.addEventListener('keypress', (event) => { if (event.key === spent) event.preventDefault(); });

  // On its way up, so that the slash itself does not land on the line.
  document.addEventListener('keyup', (event) => {
    if (event.key === '/' && !event.isComposing && !isTaken(event)) actions.type();
  });

  // What is pasted is a word too.
  document.addEventListener('paste', ({ target }) => {
    if (target === document.body && !cardIsOpen()) actions.type();
  });
}

/**
 * Full screen for Alt and Enter, as in players and terminals.
 * @param {() => void} full
 */
export function listenFull(full) {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    full();
  });
}

/**
 * Whether the key belongs to the element that has the focus.
 * @param {KeyboardEvent} event
 */
function isTaken({ target, key }) {
  if (!(target instanceof HTMLElement)) return false;
  // A card keeps its keys, but a letter only in a field.
  if (target.closest('.card')) return !isLetter(key) || target.matches(':read-write, select');
  // On an empty line there is nothing for an arrow to move through, and on none for the one down.
  if (target instanceof HTMLInputElement) return key !== 'ArrowDown' && (target.value !== '' || !/^(Arrow|End)/.test(key));
  return target.matches('button, a') && (key === ' ' || key === 'Enter');
}

/** @param {string} key */
function isLetter(key) {
  return COMPOSING.includes(key) || ([...key].length === 1 && /[^\s/]/u.test(key));
}
