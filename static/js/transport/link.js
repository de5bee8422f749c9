import { Timers, isLoopback, steadyClock } from './browser.js';
import { Fallback, backoff, retryWait, saysOk } from './fallback.js';
import { Attempt } from './attempt.js';
import { Watchdog } from './watchdog.js';

/** @typedef {import('./fallback.js').Kind} Kind */

/** How long a better transport is tried for. */
const TRIAL_MS = 15_000;

/** A connection that still speaks at this age has proved itself. */
const PROVED_MS = 10_000;

/** `bye` asks for 1 to 5 s; anything else is bounded. */
const BYE_MAX_MS = 30_000;

/**
 * Keeps one connection alive: opens the best transport, waits when it has failed
 * and opens again, and changes transports when one does not work here.
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
  /** @type {Pick<import('./index.js').State, 'state' | 'transport'>} */
  #state = { state: 'connecting', transport: null };
  /** When the next attempt is due, on this link's clock. */
  #retryAt = 0;
  #now;
  #watchdog;
  /** @type {Timers<'retry' | 'upgrade' | 'trial'>} */
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
  constructor(browser, transport, url, on, quiet) {
    this.#browser = browser;
    this.#url = url;
    this.#on = on;
    this.#fallback = new Fallback(browser, transport);
    this.#timers = new Timers(browser);
    this.#now = steadyClock(browser);
    this.#heedsNetwork = !isLoopback(browser.location.hostname);
    this.#watchdog = new Watchdog(browser, this.#now, this.#fallback, {
      dead: () => this.#fail(),
      stale: () => this.#open(),
      hedge: (kind) => this.#try(kind),
    }, quiet);
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
    if (this.#current) this.#watchdog.poke();
    else if (eager || this.#retryAt <= this.#now()) this.#open();
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
    this.#watchdog.watch(this.#current);
    this.#say('connecting', this.#fallback.kind);
  }

  /** Ends every transport, timer and probe but the upgrade's timer. */
  #drop() {
    this.#probing?.abort();
    this.#watchdog.stop();
    this.#timers.clear('retry');
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
    else if (this.#watchdog.spoke()) this.#endTrial();
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
    if (suspect) this.#probe();
    const offline = this.#heedsNetwork && this.#browser.navigator.onLine === false;
    this.#wait(retryWait(this.#failures, retryAfter, offline, this.#random), offline ? 'offline' : 'waiting');
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

  // The way back up.

  #upgradeLater() {
    this.#timers.set('upgrade', this.#fallback.upgradeWait(), () => this.#upgrade());
  }

  #upgrade() {
    if (this.#fallback.atBest) return;
    if (this.#state.state === 'live' && !this.#trial) {
      this.#try(this.#fallback.nextUpgrade());
      this.#timers.set('trial', TRIAL_MS, () => this.#endTrial());
    }
    this.#upgradeLater();
  }

  /** Tries a transport beside the current one. @param {Kind} kind */
  #try(kind) {
    this.#endTrial();
    this.#trial = this.#attempt(kind);
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
    this.#watchdog.watch(attempt);
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
