import { Held } from './held.js';
import { TRANSPORTS } from './transports.js';

/** Pictures within this time of a transport's first word are taken for a replay. */
const REPLAY_MS = 1_000;

/** One transport from its opening to its end, and what is known of it. */
export class Attempt {
  /** When something first answered, 0 before. */
  firstAt = 0;
  /** When the transport last proved itself, 0 before it spoke. */
  heardAt = 0;
  #open = true;
  #held;
  #close = () => {};

  /**
   * @param {import('./browser.js').Browser} browser
   * @param {() => number} now
   * @param {import('./fallback.js').Kind} kind
   * @param {(path: string) => string} url for a path, with the id to resume from
   * @param {{
   *   up(attempt: Attempt): void,
   *   heard(attempt: Attempt): void,
   *   event(event: import('./index.js').Event): void,
   *   crowded(attempt: Attempt): void,
   *   end(attempt: Attempt, retryAfter?: number): void,
   * }} on told nothing any more after close()
   */
  constructor(browser, now, kind, url, on) {
    this.kind = kind;
    this.since = now();
    this.#held = new Held(browser, () => on.crowded(this));
    const heard = () => {
      this.heardAt = now();
      this.firstAt ||= this.heardAt;
      on.heard(this);
    };
    /** @type {import('./transports.js').Sink} */
    const sink = {
      up: () => {
        if (!this.#open) return;
        this.firstAt ||= now();
        on.up(this);
      },
      heard: () => this.#open && heard(),
      event: (name, id, data) => {
        if (!this.#open) return;
        heard();
        if (!this.#open || !data || typeof data !== 'object') return;
        on.event({ name, id, data, live: this.heardAt - this.firstAt >= REPLAY_MS });
      },
      end: (retryAfter) => {
        if (!this.#open) return;
        this.close();
        on.end(this, retryAfter);
      },
    };
    try {
      this.#close = TRANSPORTS[kind](browser, url, sink, this.#held, now);
    } catch {
      // A policy that forbids the transport throws from its constructor.
      queueMicrotask(sink.end);
    }
  }

  get lastSign() {
    return this.heardAt || this.firstAt || this.since;
  }

  close() {
    this.#open = false;
    this.#close();
    this.#held.release();
  }
}
