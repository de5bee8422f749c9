// What the stream says, also for whoever begins to listen later.

import { LASTING } from './transport/events.js';

/** @typedef {(data: any, detail: any) => void} Handle */

/**
 * Tells everybody what the stream says, and who comes late what still holds: its
 * state, who watches, who waits, what is set.
 */
export class Hearing {
  #stream;
  /** @type {Map<string, {data: any}>} */
  #last = new Map();

  /** @param {EventTarget} stream */
  constructor(stream) {
    this.#stream = stream;
    for (const name of ['state', ...LASTING]) this.on(name, (_, detail) => this.#last.set(name, detail));
  }

  /**
   * @param {string} name
   * @param {Handle} handle is called with the event's data and all that is known of it
   */
  on(name, handle) {
    this.#stream.addEventListener(name, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      handle(detail.data, detail);
    });
    const last = this.#last.get(name);
    if (last) handle(last.data, last);
  }
}
