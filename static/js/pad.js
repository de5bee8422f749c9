// Letters to choose from, for a remote control that has only arrows and Enter.

import { aria, make } from './dom.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const COLUMNS = 9;

/** Below the letters lie the wide keys, each under so many of them. */
const WIDE = 3;

/**
 * A keyboard on the screen. Arrows move through it; Up from the first row and Esc
 * leave it. A letter that is typed all the same goes to the line, like any other.
 */
export class Pad {
  #place;
  #word;
  #on;
  /** @type {HTMLButtonElement[]} */
  #keys = [];
  #at = 0;

  /**
   * @param {HTMLElement} place
   * @param {HTMLInputElement} word what is written on
   * @param {{send: () => void, asleep: () => boolean}} on asleep says that nobody sees what a key would do
   */
  constructor(place, word, on) {
    this.#place = place;
    this.#word = word;
    this.#on = on;
    place.addEventListener('keydown', (event) => this.#press(event));
    word.addEventListener('keydown', ({ key }) => {
      if ([...key].length === 1) this.close(); // there is a keyboard
    });
  }

  get open() {
    return !this.#place.hidden;
  }

  show() {
    if (!this.#keys.length) this.#build();
    this.#place.hidden = false;
    this.#focus(this.#at);
  }

  close() {
    const focus = document.activeElement;
    this.#place.hidden = true;
    // To nothing: on the line, a TV would show letters of its own.
    if (focus instanceof HTMLElement && this.#place.contains(focus)) focus.blur();
  }

  #build() {
    const key = (/** @type {string} */ text, /** @type {() => void} */ act, wide = false) => {
      const button = make('button', { type: 'button', tabIndex: -1, className: wide ? 'pad-key pad-wide' : 'pad-key' }, text);
      const place = this.#keys.push(button) - 1;
      button.addEventListener('click', () => {
        this.#focus(place);
        act();
      });
    };
    for (const letter of LETTERS) key(letter, () => this.#write(this.#word.value + letter));
    key('Space', () => this.#write(`${this.#word.value} `), true);
    key('Delete', () => this.#write([...this.#word.value].slice(0, -1).join('')), true);
    key('Show it', () => this.#on.send(), true);
    this.#place.replaceChildren(...this.#keys);
  }

  /** @param {string} text */
  #write(text) {
    this.#word.value = text;
    this.#word.dispatchEvent(new Event('input', { bubbles: true }));
    // Read aloud what is there, since the line itself does not have the focus.
    aria(this.#place, 'label', `Letters. ${text}`);
  }

  /** @param {number} place */
  #focus(place) {
    const [last, key] = [this.#keys[this.#at], this.#keys[place]];
    if (!key) return;
    if (last) last.tabIndex = -1;
    this.#at = place;
    key.tabIndex = 0;
    key.focus({ preventScroll: this.#place.offsetHeight < innerHeight / 2 });
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#on.asleep()) return;
    const to = step(this.#at, event.key);
    if (to === null && event.key !== 'Backspace') return;
    event.preventDefault();
    if (to === null) this.#write([...this.#word.value].slice(0, -1).join(''));
    else if (to < 0) this.#word.focus();
    else this.#focus(to);
  }
}

/**
 * Where an arrow leads from a place in the pad: null if the key is no arrow, -1 if
 * it leads out.
 * @param {number} at
 * @param {string} key
 */
export function step(at, key) {
  const rows = LETTERS.length / COLUMNS;
  const below = at >= LETTERS.length;
  const row = below ? rows : Math.floor(at / COLUMNS);
  const column = below ? (at - LETTERS.length) * WIDE + 1 : at % COLUMNS;
  const width = below ? WIDE : 1;
  const moves = { ArrowLeft: [0, -width], ArrowRight: [0, width], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const move = moves[/** @type {keyof typeof moves} */ (key)];
  if (!move) return null;
  const [down = 0, right = 0] = move;
  const nextRow = Math.min(row + down, rows);
  const nextColumn = (column + right + COLUMNS) % COLUMNS;
  if (nextRow < 0) return -1;
  return nextRow < rows ? nextRow * COLUMNS + nextColumn : LETTERS.length + Math.floor(nextColumn / WIDE);
}
