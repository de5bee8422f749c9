import { Timers } from './browser.js';

/**
 * @typedef {import('./attempt.js').Attempt} Attempt
 * @typedef {import('./fallback.js').Kind} Kind
 */

/** The server says the time every 15 s, and a poll ends within 25 s: longer silence is a dead line. */
const QUIET_MS = 37_000;

/** On the tab's return, silence for this long is reason enough to look. */
const STALE_MS = 20_000;

/** A new stream speaks at once. After this long without a word the next transport is tried beside it. */
const SILENT_MS = 5_000;

/** When all that is silent is given up: later than a poll without news ends. */
const GIVE_UP_MS = 30_000;

/** A timer as late as this was not late: the machine slept. */
const SLEPT_MS = 10_000;

/**
 * Watches the connection in use, and asks for a second one beside it when it is
 * slow to speak. If that speaks first although it began later, then it is not the
 * line that is slow: a proxy holds the stream back, or the browser used an old
 * connection that is dead by now.
 */
export class Watchdog {
  #now;
  #quiet;
  #giveUp;
  #fallback;
  #on;
  /** @type {Timers<'watch'>} */
  #timers;
  /** @type {Attempt | null} */
  #watched = null;
  /** The last transport tried because the one in use has not spoken yet. */
  #hedge = { kind: /** @type {Kind | null} */ (null), since: 0 };

  /**
   * @param {import('./browser.js').Browser} browser
   * @param {() => number} now
   * @param {import('./fallback.js').Fallback} fallback
   * @param {{ dead(): void, stale(): void, hedge(kind: Kind): void }} on
   *   dead: it failed; stale: it may be dead, open another; hedge: try this one beside it
   * @param {number} [quiet] milliseconds of silence that count as a dead line
   */
  constructor(browser, now, fallback, on, quiet = QUIET_MS) {
    this.#now = now;
    this.#fallback = fallback;
    this.#on = on;
    this.#quiet = quiet;
    this.#giveUp = Math.min(GIVE_UP_MS, quiet);
    this.#timers = new Timers(browser);
  }

  /** @param {Attempt} attempt takes the place of the one that was watched */
  watch(attempt) {
    this.#watched = attempt;
    this.#timers.set('watch', this.#deadline(attempt) - this.#now(), () => this.#check());
  }

  stop() {
    this.#watched = null;
    this.#hedge.kind = null;
    this.#timers.clear('watch');
  }

  /** The connection in use has spoken. @returns {boolean} whether another was tried beside it */
  spoke() {
    const hedged = this.#hedge.kind !== null;
    this.#hedge.kind = null;
    return hedged;
  }

  /** Does now what a late timer should have done. */
  poke() {
    if (!this.#watched) return;
    if (this.#watched.kind === 'poll') this.#check();
    else if (this.#now() - this.#watched.lastSign >= STALE_MS) this.#on.stale();
  }

  /** @param {Attempt} attempt */
  #deadline(attempt) {
    if (attempt.firstAt) return attempt.lastSign + this.#quiet;
    const { kind, since } = this.#hedge.kind ? this.#hedge : attempt;
    const next = kind && this.#fallback.below(kind) ? since + SILENT_MS : Infinity;
    return Math.min(next, attempt.since + this.#giveUp);
  }

  /** Signs of life do not touch the timer; it asks for them when it is due. */
  #check() {
    const attempt = this.#watched;
    if (!attempt) return;
    const now = this.#now();
    const late = now - this.#deadline(attempt);
    if (late >= SLEPT_MS) return this.#on.stale();
    if (late >= 0) {
      if (attempt.firstAt || now - attempt.since >= this.#giveUp) return this.#on.dead();
      this.#tryBelow(attempt);
    }
    this.watch(attempt);
  }

  /** @param {Attempt} attempt that is silent */
  #tryBelow(attempt) {
    const kind = this.#fallback.below(this.#hedge.kind ?? attempt.kind);
    if (!kind) return;
    this.#hedge = { kind, since: this.#now() };
    this.#on.hedge(kind);
  }
}
