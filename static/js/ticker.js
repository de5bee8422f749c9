// One timer for all that counts seconds on the page.

import { steadyClock } from './transport/browser.js';

const SECOND_MS = 1000;

/** Redraws each second what counts down, as long as something does and somebody can see it. */
export class Ticker {
  /** Milliseconds since any moment; it never goes back. */
  now = steadyClock(globalThis);
  /** @type {((now: number) => boolean)[]} */
  #draws = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  constructor() {
    document.addEventListener('visibilitychange', () => this.start());
  }

  /** @param {(now: number) => boolean} draw returns whether it has to be called again */
  add(draw) {
    this.#draws.push(draw);
  }

  /** Draws all of it now, because something has changed. */
  start() {
    clearTimeout(this.#timer);
    const now = this.now();
    const counting = this.#draws.filter((draw) => draw(now)).length > 0;
    if (counting && !document.hidden) this.#timer = setTimeout(() => this.start(), SECOND_MS);
  }
}

/**
 * A time in words, for a countdown.
 * @param {number} ms
 */
export function span(ms) {
  const seconds = Math.max(1, Math.ceil(ms / SECOND_MS));
  return seconds > 90 ? `${Math.ceil(seconds / 60)} min` : `${seconds} s`;
}
