/**
 * The page's transport: everything a frame says, on one EventTarget, for as
 * long as the page lives.
 *
 * `link.js` keeps one connection alive, over the best transport of `transports.js`
 * that works here, which `fallback.js` chooses. `attempt.js` is one opening of a
 * transport, `watchdog.js` notices when it is dead. `tabs.js` shares the connection
 * with the browser's other tabs; `election.js` decides which tab holds it, and
 * `catchup.js` fetches what another tab has missed. `held.js` counts the HTTP
 * connections of all frames, of which a browser has few. `dedupe.js` hands each
 * picture to the page once, though it may come twice. `browser.js` reports when the
 * tab sleeps, wakes or is offline, and `events.js` lists the kinds of events.
 */

import { watchTab } from './browser.js';
import { Link } from './link.js';
import { Dedupe } from './dedupe.js';
import { Tabs } from './tabs.js';
import { pollOnce } from './poll.js';

/**
 * @typedef {object} Event
 * @property {string} name one of the NAMES in events.js
 * @property {string} id   opaque, '' for events without one
 * @property {any} data
 * @property {boolean} live false while what was missed is being replayed
 *
 * @typedef {object} State
 * @property {'connecting' | 'live' | 'waiting' | 'offline'} state
 * @property {number | null} retryIn milliseconds to the next attempt, from when this is said
 * @property {'sse' | 'ws' | 'poll' | null} transport what the connection runs over
 *
 * @typedef {object} Options
 * @property {string} [frame] the frame's name, 'main' unless told
 * @property {string} [lastEventId] the newest picture the page already shows
 * @property {'auto' | 'sse' | 'ws' | 'poll'} [transport] one transport only, or 'auto'
 * @property {string} [base] what stands before the server's paths, without a final slash
 * @property {boolean} [share] false for a connection of this tab's own
 * @property {number} [quiet] milliseconds of silence that count as a dead line, where the server
 *   tells the time more often than every 15 s
 */

/** How long a follower waits for what it missed. A long poll ends within 25 s. */
const CATCH_UP_MS = 35_000;

/**
 * Connects to a frame and stays connected until close(). The first event comes
 * after the caller has returned to the event loop, so listeners added at once
 * miss nothing.
 *
 * @param {Options} [options]
 * @param {import('./browser.js').Browser} [browser] a stand-in, in tests
 */
export function connect(options = {}, browser = globalThis) {
  return new Connection(options, browser);
}

/**
 * Dispatches the stream's events under their own names, `detail` being
 * `{id, data, live}`, and 'state' whose `detail` is a State and `leader`: whether
 * this tab holds the browser's connection.
 */
class Connection extends EventTarget {
  /** @type {State['state']} */
  state = 'connecting';
  #browser;
  #dedupe;
  #link;
  #tabs;
  #unwatch;
  #said = '';
  /** 'awake' while the tab takes part; asleep it holds no connection and no lock. */
  #life = 'starting';

  /**
   * @param {Options} options
   * @param {import('./browser.js').Browser} browser
   */
  constructor(options, browser) {
    super();
    const { frame = 'main', lastEventId = '', transport = 'auto', base = '', share = true, quiet = undefined } = options;
    this.#browser = browser;
    this.#dedupe = new Dedupe(lastEventId);
    /** @param {string} path @param {string} [mark] the id to resume from where no event has had one */
    const url = (path, mark = '') => {
      const id = this.#dedupe.last || mark;
      const query = new URLSearchParams({ frame });
      if (id) query.set('lastEventId', id);
      return `${base}${path}?${query}`;
    };
    this.#link = new Link(browser, transport, url, {
      event: (event) => this.#deliver(event),
      state: (state) => this.#announce(state),
    }, quiet);
    // The 2 is the version of what tabs say to each other: after an update, old
    // and new pages must not talk past one another.
    const name = share ? `picture-frame 2 ${base}/${frame} ${transport}` : null;
    this.#tabs = new Tabs(browser, name, this.#dedupe, {
      lead: () => this.#link.start(),
      follow: () => this.#link.stop(),
      event: (event) => this.#deliver(event),
      state: (state) => this.#say(state),
      hurry: (now) => (now ? this.#link.reconnect() : this.#link.poke(false)),
      standing: () => this.#link.state,
      missed: (signal) => this.#missed(url('/poll'), signal),
    });
    this.#unwatch = watchTab(browser, {
      sleep: () => this.#sleep(),
      wake: () => this.#wake(),
      shown: () => this.#shown(),
      online: () => this.#tabs.leading && this.#link.online(),
      offline: () => this.#tabs.leading && this.#link.offline(),
    });
    queueMicrotask(() => this.#life === 'starting' && this.#wake());
  }

  /** The newest id seen, '' when there is none. */
  get lastEventId() {
    return this.#dedupe.last;
  }

  /** Opens a fresh connection now, whichever tab holds it. */
  reconnect() {
    if (this.#tabs.leading) this.#link.reconnect();
    else this.#tabs.hurry();
  }

  /** Ends for good: no timer, listener, lock or connection is left behind. */
  close() {
    this.#sleep();
    this.#life = 'closed';
    this.#unwatch();
  }

  #sleep() {
    if (this.#life === 'closed') return;
    this.#life = 'asleep';
    this.#link.stop();
    this.#tabs.leave();
  }

  #wake() {
    if (this.#life === 'closed' || this.#life === 'awake') return;
    this.#life = 'awake';
    this.#tabs.join();
  }

  #shown() {
    if (this.#life !== 'awake') return;
    if (this.#tabs.leading) this.#link.poke(true);
    else if (this.state !== 'live') this.#tabs.hurry();
  }

  /** @param {Event} event */
  #deliver(event) {
    const after = this.#dedupe.last;
    if (!this.#dedupe.accept(event)) return;
    this.#tabs.share(event, after);
    const { name, id, data, live } = event;
    this.dispatchEvent(new CustomEvent(name, { detail: { id, data, live } }));
  }

  /** @param {State} state */
  #announce(state) {
    this.#tabs.announce(state);
    this.#say(state);
  }

  /** @param {State} state */
  #say({ state, retryIn, transport }) {
    const detail = { state, retryIn, transport, leader: this.#tabs.leading };
    const said = JSON.stringify(detail);
    if (said === this.#said) return;
    this.#said = said;
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail }));
  }

  /**
   * What this tab missed, asked of the server itself: only the server knows all
   * of it, the leader may have begun later.
   *
   * @param {string} url
   * @param {AbortController} stop
   */
  async #missed(url, stop) {
    const timer = this.#browser.setTimeout(() => stop.abort(), CATCH_UP_MS);
    try {
      const { status, events } = await pollOnce(this.#browser, url, stop.signal);
      if (status !== 200) throw new Error(`poll: ${status}`);
      return events;
    } finally {
      this.#browser.clearTimeout(timer);
    }
  }
}
