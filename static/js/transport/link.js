import { Timers, isLoopback, steadyClock } from './browser.js';
import { Fallback, backoff, offlineWait, saysOk } from './fallback.js';
import { Attempt } from './transports.js';

/** @typedef {import('./fallback.js').Kind} Kind */

/** The server says the time every 15 s, and a poll ends within 25 s: longer silence is a dead line. */
const QUIET_MS = 37_000;

/** On the tab's return, silence for this long is reason enough to look. */
const STALE_MS = 20_000;

/** A new stream speaks at once. After this long without a word the next transport is tried beside it. */
const SILENT_MS = 5_000;

/** When all that is silent is given up: later than a poll without news ends. */
const GIVE_UP_MS = 30_000;

/** How long a better transport is tried for. */
const TRIAL_MS = 15_000;

/** A timer as late as this was not late: the machine slept. */
const SLEPT_MS = 10_000;

/** A connection that still speaks at this age has proved itself. */
const PROVED_MS = 10_000;

/** `bye` asks for 1 to 5 s; anything else is bounded. */
const BYE_MAX_MS = 30_000;

/**
 * Keeps one connection alive: opens the best transport, notices when it is dead,
 * waits and opens again, and changes transports when one does not work here.
 */
export class Link {
  #browser;
  #url;
  #on;
  #fallback;
  /** Whether the browser's word that there is no network counts: none is needed to reach one's own machine. */
  #heedsNetwork;
  #running = false;
  #failures = 0;
  /** @type {Attempt | null} */
  #current = null;
  /** @type {Attempt | null} another transport, tried beside the current one */
  #trial = null;
  /** The last transport tried because the current one has not spoken yet. */
  #hedge = { kind: /** @type {Kind | null} */ (null), since: 0 };
  /** @type {Pick<import('./index.js').State, 'state' | 'transport'>} */
  #state = { state: 'connecting', transport: null };
  /** When the next attempt is due, on this link's clock. */
  #retryAt = 0;
  #now;
  #quiet;
  #giveUp;
  /** @type {Timers<'retry' | 'watch' | 'upgrade' | 'trial'>} */
  #timers;
  /** @type {AbortController | null} */
  #probing = null;

  /**
   * @param {import('./browser.js').Browser} browser
   * @param {Kind | 'auto'} transport
   * @param {(path: string) => string} url for a path, with the id to resume from
   * @param {{
   *   event(event: import('./index.js').Event): void,
   *   state(state: import('./index.js').State): void,
   * }} on
   * @param {number} [quiet] milliseconds of silence that count as a dead line
   */
  constructor(browser, transport, url, on, quiet = QUIET_MS) {
    this.#browser = browser;
    this.#url = url;
    this.#on = on;
    this.#fallback = new Fallback(browser, transport);
    this.#timers = new Timers(browser);
    this.#now = steadyClock(browser);
    this.#quiet = quiet;
    this.#giveUp = Math.min(GIVE_UP_MS, quiet);
    this.#heedsNetwork = !isLoopback(browser.location.hostname);
  }

  /** What was said last, as of now. @returns {import('./index.js').State} */
  get state() {
    const retryIn = this.#timers.has('retry') ? Math.max(0, Math.round(this.#retryAt - this.#now())) : null;
    return { ...this.#state, retryIn };
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#failures = 0;
    this.#open();
  }

  stop() {
    this.#running = false;
    this.#drop();
    this.#timers.clear('upgrade');
  }

  /** Opens a new connection now. */
  reconnect() {
    if (this.#running) this.#open();
  }

  /**
   * Does now what a late timer should have done: timers in hidden tabs are late.
   * Eager, it does not wait for a retry that is due later, because the tab is seen.
   *
   * @param {boolean} eager
   */
  poke(eager) {
    if (!this.#running) return;
    const now = this.#now();
    if (!this.#current) {
      if (eager || this.#retryAt <= now) this.#open();
    } else if (this.#current.kind === 'poll') {
      this.#check();
    } else if (now - this.#current.lastSign >= STALE_MS) {
      this.#open();
    }
  }

  /** The network is back, perhaps another one. */
  online() {
    if (!this.#running || !this.#heedsNetwork) return;
    this.#fallback.reset();
    this.#failures = 0;
    this.#open();
  }

  /** Only said, not acted on: the next event proves it wrong, or the watchdog right. */
  offline() {
    if (this.#running && this.#heedsNetwork) this.#say('offline');
  }

  #random = () => this.#browser.Math.random();

  #open() {
    this.#drop();
    this.#current = this.#attempt(this.#fallback.kind);
    this.#watch();
    this.#say('connecting', this.#fallback.kind);
  }

  /** Ends every transport, timer and probe but the upgrade's timer. */
  #drop() {
    this.#probing?.abort();
    this.#hedge.kind = null;
    this.#timers.clear('retry', 'watch');
    this.#endTrial();
    this.#current?.close();
    this.#current = null;
  }

  /** @param {Kind} kind */
  #attempt(kind) {
    return new Attempt(this.#browser, this.#now, kind, this.#url, {
      up: (attempt) => this.#up(attempt),
      heard: (attempt) => this.#heard(attempt),
      event: (event) => {
        this.#on.event(event);
        if (event.name === 'bye') this.#bye(event.data.retry);
      },
      crowded: (attempt) => this.#yield(attempt),
      end: (attempt, retryAfter) => {
        if (attempt === this.#trial) this.#endTrial();
        else this.#fail(retryAfter);
      },
    });
  }

  /** @param {Attempt} attempt */
  #up(attempt) {
    if (attempt === this.#trial) this.#changeOver(attempt);
    else if (this.#hedge.kind) this.#endTrial();
    this.#hedge.kind = null;
    if (!this.#fallback.atBest && !this.#timers.has('upgrade')) this.#upgradeLater();
    this.#say('live', attempt.kind);
  }

  /** @param {Attempt} attempt */
  #heard(attempt) {
    if (attempt.heardAt - attempt.since >= PROVED_MS) {
      this.#failures = 0;
      this.#fallback.proved();
    }
    this.#up(attempt);
  }

  /**
   * Other tabs hold enough HTTP connections. A poll holds its own only shortly then.
   *
   * @param {Attempt} attempt
   */
  #yield(attempt) {
    if (attempt.kind === 'poll') return;
    if (attempt === this.#trial) return this.#endTrial();
    this.#fallback.crowd();
    this.#open();
  }

  /** @param {unknown} retry */
  #bye(retry) {
    if (!this.#running) return; // the page may have closed when it heard of it
    this.#drop();
    const ms = typeof retry === 'number' && retry >= 0 ? retry : backoff(1, this.#random);
    this.#wait(Math.min(ms, BYE_MAX_MS), 'waiting');
  }

  #fail(retryAfter = 0) {
    this.#drop();
    this.#failures++;
    const suspect = this.#fallback.missed();
    const spread = retryAfter * (1 + this.#random() / 5);
    if (suspect) this.#probe();
    const offline = this.#heedsNetwork && this.#browser.navigator.onLine === false;
    // The browser can be wrong: only the first try waits for a network.
    const least = offline && this.#failures === 1 ? offlineWait(this.#random) : 0;
    this.#wait(Math.max(backoff(this.#failures, this.#random), spread, least), offline ? 'offline' : 'waiting');
  }

  /**
   * @param {number} ms
   * @param {'waiting' | 'offline'} state
   */
  #wait(ms, state) {
    this.#timers.set('retry', ms, () => this.#open());
    this.#retryAt = this.#now() + ms;
    this.#say(state);
  }

  /** Leaves a transport that keeps failing although the server lets new streams in. */
  async #probe() {
    this.#probing = new AbortController();
    const { signal } = this.#probing;
    if (!(await saysOk(this.#browser, this.#url('/readyz'), signal))) return;
    if (this.#fallback.stepDown()) this.#open();
  }

  // The watchdog.

  /** @param {Attempt} attempt */
  #deadline(attempt) {
    if (attempt.firstAt) return attempt.lastSign + this.#quiet;
    const { kind, since } = this.#hedge.kind ? this.#hedge : attempt;
    const next = kind && this.#fallback.below(kind) ? since + SILENT_MS : Infinity;
    return Math.min(next, attempt.since + this.#giveUp);
  }

  #watch() {
    if (!this.#current) return;
    this.#timers.set('watch', this.#deadline(this.#current) - this.#now(), () => this.#check());
  }

  /** Signs of life do not touch the timer; it asks for them when it is due. */
  #check() {
    const attempt = this.#current;
    if (!attempt) return;
    const late = this.#now() - this.#deadline(attempt);
    if (late >= SLEPT_MS) return this.#open();
    if (late >= 0) {
      if (attempt.firstAt || this.#now() - attempt.since >= this.#giveUp) return this.#fail();
      this.#tryBelow(attempt);
    }
    this.#watch();
  }

  /**
   * The current transport is silent. If the next one speaks first although it began
   * later, then it is not the line that is slow: a proxy holds the stream back, or
   * the browser used an old connection that is dead by now.
   *
   * @param {Attempt} attempt
   */
  #tryBelow(attempt) {
    const kind = this.#fallback.below(this.#hedge.kind ?? attempt.kind);
    if (!kind) return;
    this.#endTrial();
    this.#hedge = { kind, since: this.#now() };
    this.#trial = this.#attempt(kind);
  }

  // The way back up.

  #upgradeLater() {
    this.#timers.set('upgrade', this.#fallback.upgradeWait(), () => this.#upgrade());
  }

  #upgrade() {
    if (this.#fallback.atBest) return;
    if (this.#state.state === 'live' && !this.#trial) {
      this.#trial = this.#attempt(this.#fallback.nextUpgrade());
      this.#timers.set('trial', TRIAL_MS, () => this.#endTrial());
    }
    this.#upgradeLater();
  }

  #endTrial() {
    this.#timers.clear('trial');
    this.#trial?.close();
    this.#trial = null;
  }

  /**
   * The other transport has spoken. It resumed where the old one was, so between
   * them nothing is missing, and what both bring is seen once.
   *
   * @param {Attempt} attempt
   */
  #changeOver(attempt) {
    this.#trial = null;
    this.#drop();
    this.#timers.clear('upgrade');
    this.#current = attempt;
    this.#fallback.settle(attempt.kind);
    this.#watch();
  }

  /**
   * Always the last thing done: the page may answer by closing or reconnecting.
   *
   * @param {import('./index.js').State['state']} state
   * @param {Kind | null} transport
   */
  #say(state, transport = this.#state.transport) {
    this.#state = { state, transport };
    this.#on.state(this.state);
  }
}
