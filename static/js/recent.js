// The words of a frame's history, to tap on a phone.

import { aria, make, quote } from './dom.js';

/** @typedef {import('./picture.js').Picture} Picture */

/** As many as a thumb finds without a search. */
const MOST = 6;

/** A word that has just moved under a thumb takes no press. */
const SETTLE_MS = 350;

/**
 * The last words of a history, newest first and each once, without the one that is
 * on screen.
 * @param {readonly Picture[]} pictures oldest first
 * @param {Picture|undefined} current
 */
export function recentWords(pictures, current) {
  const seen = new Set(['', current?.keyword.toLowerCase()]);
  return pictures.map(({ keyword }) => keyword).reverse()
    .filter((word) => !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase())).slice(0, MOST);
}

/**
 * Returns what draws the words as buttons; without pictures it takes them away.
 * @param {HTMLElement} place
 * @param {(word: string) => void} ask
 */
export function recent(place, ask) {
  let drawn = '';
  let at = 0;
  return (/** @type {readonly Picture[]} */ pictures, /** @type {Picture|undefined} */ current) => {
    const words = recentWords(pictures, current);
    if (drawn === String(words)) return;
    drawn = String(words);
    at = performance.now();
    const focused = place.contains(document.activeElement) && document.activeElement?.textContent;
    place.replaceChildren(...words.map((word) => {
      const button = make('button', { type: 'button', className: 'ask-recent', dir: 'auto' }, word);
      aria(button, 'label', `Show a picture of ${quote(word)}`);
      button.addEventListener('click', () => { if (performance.now() - at > SETTLE_MS) ask(word); });
      return button;
    }));
    if (focused) /** @type {HTMLElement|null} */ (place.children[Math.max(0, words.indexOf(focused))] ?? null)?.focus({ preventScroll: true });
    place.hidden = !words.length;
    place.scrollLeft = 0;
  };
}
