import { Timers } from './browser.js';
import { Ladder, backoff, offlineWait, ready } from './ladder.js';
import { Attempt } from './wires.js';

/** @typedef {import('./ladder.js').Kind} Kind */

/** The server says the time every 15 s, and a poll ends within 25 s: longer silence is a dead line. */
const QUIET_MS = 37_000;

/** On the tab's return, silence for this long is reason enough to look. */
const STALE_MS = 20_000;

/** A new stream speaks at once. One that has not after this long is suspect. */
const SILENT_MS = 5_000;

/** When an attempt is given up, the first time and then. */
const GIVE_UP_MS = 15_000;
const GIVE_UP_LATER_MS = 30_000;

/** A timer as late as this was not late: the machine slept. */
const SLEPT_MS = 10_000;

/** A connection that still speaks at this age has proved itself. */
const PROVED_MS = 10_000;

/** `bye` asks for 1 to 5 s; anything else is bounded. */
const BYE_MAX_MS = 30_000;

/**
 * Keeps one connection alive: opens the best wire, notices when it is dead,
 * waits and opens again, and changes wires when one does not work here.
 */
export class Link {
  #browser;
  #base;
  #url;
  #on;
  #ladder;
  #running = false;
  #failures = 0;
  /** Counts decisions, so that a probe's late answer to an old question is ignored. */
  #turn = 0;
  /** @type {Attempt | null} */
  #current = null;
  /** @type {Attempt | null} a better wire, tried beside the current one */
  #trial = null;
  /** @type {import('./index.js').State} */
  #state = { state: 'connecting', retryAt: null, transport: null };
  /** @type {Timers<'retry' | 'watch' | 'climb' | 'trial'>} */
  #timers;
  /** @type {AbortController | null} */
  #probing = null;

  /**
   * @param {import('./browser.js').Browser} browser
   * @param {Kind | 'auto'} transport
   * @param {string} base
   * @param {(path: string) => string} url for a path, with the id to resume from
   * @param {{
   *   event(event: import('./index.js').Event): void,
   *   state(state: import('./index.js').State): void,
   * }} on
   */
  constructor(browser, transport, base, url, on) {
    this.#browser = browser;
    this.#base = base;
    this.#url = url;
    this.#on = on;
    this.#ladder = new Ladder(browser, transport);
    this.#timers = new Timers(browser);
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
    this.#timers.clear('climb');
  }

  /** Opens a new connection now. */
  reconnect() {
    if (this.#running) this.#open();
  }

  /**
   * Catches up with timers that were late (a hidden tab's are) or, for somebody
   * who looks now, too patient.
   *
   * @param {boolean} eager
   */
  poke(eager) {
    if (!this.#running) return;
    const now = this.#now();
    const { retryAt } = this.#state;
    if (!this.#current) {
      if (eager || (retryAt ?? 0) <= now) this.#open();
    } else if (this.#current.kind === 'poll') {
      this.#check();
    } else if (now - this.#current.lastSign >= STALE_MS) {
      this.#open();
    }
  }

  /** The network is back, perhaps another one. */
  online() {
    if (!this.#running) return;
    this.#ladder.reset();
    this.#failures = 0;
    this.#open();
  }

  /** Only said, not acted on: the next event proves it wrong, or the watchdog right. */
  offline() {
    if (this.#running) this.#say('offline', this.#state.retryAt);
  }

  #now() {
    return this.#browser.Date.now();
  }

  #random = () => this.#browser.Math.random();

  #open() {
    this.#drop();
    this.#current = this.#attempt(this.#ladder.kind);
    this.#watch();
    this.#say('connecting', null, this.#ladder.kind);
  }

  /** Ends every wire, timer and probe but the climb's timer. */
  #drop() {
    this.#turn++;
    this.#probing?.abort();
    this.#probing = null;
    this.#timers.clear('retry', 'watch');
    this.#endTrial();
    this.#current?.close();
    this.#current = null;
  }

  /** @param {Kind} kind */
  #attempt(kind) {
    return new Attempt(this.#browser, kind, this.#url, {
      up: (attempt) => attempt === this.#current && this.#say('live', null),
      heard: (attempt) => this.#heard(attempt),
      event: (event) => {
        this.#on.event(event);
        if (event.name === 'bye') this.#bye(event.data.retry);
      },
      end: (attempt, retryAfter) => {
        if (attempt === this.#trial) this.#endTrial();
        else this.#fail(retryAfter);
      },
    });
  }

  /** @param {Attempt} attempt */
  #heard(attempt) {
    if (attempt === this.#trial) this.#changeOver(attempt);
    if (attempt.heardAt - attempt.since >= PROVED_MS) {
      this.#failures = 0;
      this.#ladder.proved();
    }
    if (!this.#ladder.atTop && !this.#timers.has('climb')) this.#climbLater();
    this.#say('live', null, attempt.kind);
  }

  /** @param {unknown} retry */
  #bye(retry) {
    if (!this.#running) return; // the page may have closed when it heard of it
    this.#drop();
    const ms = typeof retry === 'number' && retry >= 0 ? retry : backoff(1, this.#random);
    this.#wait(Math.min(ms, BYE_MAX_MS));
  }

  #fail(retryAfter = 0) {
    this.#drop();
    this.#failures++;
    const suspect = this.#ladder.missed();
    const spread = retryAfter * (1 + this.#random() / 5);
    if (suspect) this.#probe();
    this.#wait(Math.max(backoff(this.#failures, this.#random), spread));
  }

  /** @param {number} ms */
  #wait(ms) {
    const offline = this.#browser.navigator.onLine === false;
    if (offline) ms = Math.max(ms, offlineWait(this.#random));
    this.#timers.set('retry', ms, () => this.#open());
    this.#say(offline ? 'offline' : 'waiting', Math.round(this.#now() + ms));
  }

  /** Leaves a wire that does not work although the server can be reached. */
  async #probe() {
    const turn = this.#turn;
    this.#probing = new AbortController();
    const fine = await ready(this.#browser, this.#base, this.#probing.signal);
    // Meanwhile something may have been heard after all, or another attempt begun.
    if (!fine || turn !== this.#turn || this.#current?.heardAt) return;
    if (this.#ladder.stepDown()) this.#open();
  }

  // The watchdog.

  /** @param {Attempt} attempt */
  #deadline(attempt) {
    if (attempt.firstAt) return attempt.lastSign + QUIET_MS;
    if (!this.#probing && !this.#ladder.forced) return attempt.since + SILENT_MS;
    return attempt.since + (this.#failures ? GIVE_UP_LATER_MS : GIVE_UP_MS);
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
      const silent = !attempt.firstAt && !this.#probing && !this.#ladder.forced;
      if (!silent) return this.#fail();
      // The probe starts later than the stream: if its answer comes first, the
      // line is not just slow.
      this.#probe();
    }
    this.#watch();
  }

  // The way back up.

  #climbLater() {
    this.#timers.set('climb', this.#ladder.climbWait(), () => this.#climb());
  }

  #climb() {
    if (this.#ladder.atTop) return;
    if (this.#state.state === 'live' && !this.#trial) {
      this.#trial = this.#attempt(this.#ladder.nextClimb());
      this.#timers.set('trial', GIVE_UP_MS, () => this.#endTrial());
    }
    this.#climbLater();
  }

  #endTrial() {
    this.#timers.clear('trial');
    this.#trial?.close();
    this.#trial = null;
  }

  /**
   * The better wire has spoken. It resumed where the old one was, so between
   * them nothing is missing, and what both bring is seen once.
   *
   * @param {Attempt} attempt
   */
  #changeOver(attempt) {
    this.#trial = null;
    this.#drop();
    this.#timers.clear('climb');
    this.#current = attempt;
    this.#ladder.climbed(attempt.kind);
    this.#watch();
  }

  /**
   * Always the last thing done: the page may answer by closing or reconnecting.
   *
   * @param {import('./index.js').State['state']} state
   * @param {number | null} retryAt
   * @param {Kind | null} transport
   */
  #say(state, retryAt, transport = this.#state.transport) {
    this.#state = { state, retryAt, transport };
    this.#on.state(this.#state);
  }
}
