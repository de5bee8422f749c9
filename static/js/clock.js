// The server's time on the wall, and night by the clock.

import { within } from './options.js';
import { steadyClock } from './transport/browser.js';

const MINUTE_MS = 60_000;

/**
 * Shows the time and marks the night. The time is the server's, told by each
 * `time` event, in this screen's zone: the clocks of old tablets are off, and
 * are set while the page is open.
 */
export class Clock {
  #face;
  #dim;
  #now = steadyClock(globalThis);
  /** What to add for the time. */
  #behind = Date.now() - this.#now();
  #format = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {HTMLTimeElement|HTMLElement} face
   * @param {{clock: boolean, dim: {from: number, to: number}|null}} options
   */
  constructor(face, { clock, dim }) {
    this.#face = face;
    this.#dim = dim;
    face.hidden = !clock;
    document.documentElement.toggleAttribute('data-clock', clock);
    if (clock || dim) this.#tick();
  }

  /** @param {string} now in RFC 3339 */
  set(now) {
    const time = Date.parse(now);
    if (Number.isNaN(time)) return;
    this.#behind = time - this.#now();
    if (this.#timer !== undefined) this.#tick();
  }

  #tick() {
    clearTimeout(this.#timer);
    const now = new Date(this.#now() + this.#behind);
    this.#face.textContent = this.#format.format(now);
    this.#face.setAttribute('datetime', now.toISOString());
    document.documentElement.toggleAttribute('data-night', this.#dim !== null && within(this.#dim, now));
    this.#timer = setTimeout(() => this.#tick(), MINUTE_MS - (now.getTime() % MINUTE_MS));
  }
}
