import { WITH_ID } from './events.js';

/**
 * @typedef {import('./index.js').Event} Event
 *
 * @typedef {object} Gap pictures that cannot be shown before those that were missed
 * @property {Passed[]} held
 * @property {AbortController} stop
 * @property {number} failed how often the server could not be asked
 * @property {boolean} asking
 *
 * @typedef {{ event: Event, after: string }} Passed
 */

/** How often a follower asks the server before it skips what it missed. */
const TRIES = 2;

/**
 * Keeps a follower's pictures without a gap. Each picture is passed on together with
 * the id before it. A follower whose newest id is a different one has missed
 * pictures, because it is new or was asleep, and asks the server for them before it
 * shows more.
 */
export class CatchUp {
  #dedupe;
  #on;
  /** @type {Gap | null} while catching up */
  #gap = null;

  /**
   * @param {import('./dedupe.js').Dedupe} dedupe
   * @param {{ event(event: Event): void, missed(stop: AbortController): Promise<Event[]> }} on
   */
  constructor(dedupe, on) {
    this.#dedupe = dedupe;
    this.#on = on;
  }

  /**
   * What the leader says to a tab that has come.
   *
   * @param {{ last: string, newest: string, events: Event[] }} welcome
   */
  welcome({ last, newest, events }) {
    // A tab with an id asks for what it missed; one without has missed nothing.
    const fresh = !this.#dedupe.last;
    for (const event of events) {
      if (fresh || !WITH_ID.includes(event.name)) this.#on.event({ ...event, live: false });
    }
    if (this.#dedupe.has(newest)) {
      this.#dedupe.last ||= last;
      return;
    }
    // The newest picture goes along, for when the server cannot be asked.
    const held = events.filter((event) => WITH_ID.includes(event.name)).map((event) => ({ event, after: '' }));
    if (!this.#gap) this.#gap = { held, stop: new AbortController(), failed: 0, asking: false };
    this.#ask(this.#gap);
  }

  /** An event that the leader passes on. @param {Passed} passed */
  receive({ event, after }) {
    const { last } = this.#dedupe;
    if (WITH_ID.includes(event.name)) {
      if (this.#dedupe.has(event.id)) return;
      const next = !last || (after && this.#dedupe.has(after));
      if (!next) return this.#hold({ event, after });
      this.stop();
    } else if (event.name === 'reset') {
      this.stop();
    } else if (event.name === 'time' && this.#gap) {
      this.#ask(this.#gap);
    }
    this.#on.event(event);
  }

  /** @param {Passed} passed */
  #hold(passed) {
    if (this.#gap) {
      this.#gap.held.push(passed);
    } else {
      this.#gap = { held: [passed], stop: new AbortController(), failed: 0, asking: false };
      this.#ask(this.#gap);
    }
  }

  /**
   * Asks the server for what was missed; when that fails, again when the leader
   * next says the time.
   *
   * @param {Gap} gap
   */
  async #ask(gap) {
    if (gap.asking) return;
    gap.asking = true;
    gap.stop = new AbortController();
    /** @type {Event[]} */
    let missed = [];
    try {
      missed = await this.#on.missed(gap.stop);
    } catch {
      if (++gap.failed === TRIES) missed = [{ name: 'reset', id: '', data: {}, live: false }];
    }
    gap.asking = false;
    if (gap !== this.#gap || !missed.length) return;
    this.#gap = null;
    for (const event of missed) this.#on.event(event);
    for (const passed of gap.held) this.receive(passed);
  }

  /** What the leader says next is what comes next here. */
  stop() {
    this.#gap?.stop.abort();
    this.#gap = null;
  }
}
