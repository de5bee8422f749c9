// Which words come next.

import { quote } from './dom.js';
import { span } from './ticker.js';

/**
 * What the server tells: the words that come next, and how many more wait.
 * @typedef {object} Line
 * @property {{keyword: string, in: number}[]} waiting in is in milliseconds
 * @property {number} more
 */

/**
 * A word in line.
 * @typedef {object} Turn
 * @property {string} keyword
 * @property {number} place from 1
 * @property {number} at when it hangs
 */

/** Says who is next, quietly, and nothing while nobody waits. */
export class Queue {
  #chip;
  /** @type {Turn[]} */
  #turns = [];
  #more = 0;

  /** @param {HTMLElement} chip */
  constructor(chip) {
    this.#chip = chip;
  }

  /**
   * @param {Line} line
   * @param {number} now
   */
  hear({ waiting, more }, now) {
    this.#turns = waiting.map((word, i) => ({ keyword: word.keyword, place: i + 1, at: now + word.in }));
    this.#more = more;
  }

  /** Nobody waits, as far as this page can know. */
  clear() {
    this.#turns = [];
    this.#more = 0;
  }

  /**
   * Finds a word in line. Of several that are alike it takes the last, or the one
   * that hangs next to when its asker was told.
   * @param {string} keyword
   * @param {number} [at] what the asker was told
   * @returns {Turn|undefined}
   */
  find(keyword, at = Infinity) {
    const alike = this.#turns.filter((turn) => turn.keyword === keyword);
    if (at === Infinity) return alike.pop();
    return alike.sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
  }

  /**
   * @param {number} now
   * @returns {boolean} whether it counts
   */
  draw(now) {
    const text = this.text(now);
    this.#chip.hidden = !text;
    if (this.#chip.textContent !== text) this.#chip.textContent = text;
    return (this.#turns[0]?.at ?? 0) > now;
  }

  /** @param {number} now */
  text(now) {
    const [first, ...others] = this.#turns;
    if (!first) return '';
    const more = others.length + this.#more;
    const left = first.at - now;
    return `Next${left > 0 ? ` in ${span(left)}` : ''}: ${quote(first.keyword)}${more ? `, then ${more} more` : ''}`;
  }
}
