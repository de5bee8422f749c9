// Follows a desk for as long as its page lives.

import { address } from './data.js';

/** @typedef {import('./data.js').Desk} Desk */

/** The server says the time every 15 s; after this long something on the way is dead. */
const SILENT_MS = 37_000;
const LOOK_MS = 5000;

/** Between two tries there is a pause, which doubles. A host is one, so it may be short. */
const PAUSE_MS = 1000;
const PAUSE_MOST_MS = 10_000;

/**
 * Dispatches `desk` with each Desk as detail, `time` with every heartbeat, `state`
 * when `connected` has changed, and `out` when the session is over.
 */
export class Follow extends EventTarget {
  connected = false;
  /** @type {EventSource|null} */
  #source = null;
  #heard = 0;
  #failures = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retry;

  constructor() {
    super();
    setInterval(() => {
      if (this.#source && performance.now() - this.#heard > SILENT_MS) this.#fail();
    }, LOOK_MS);
    // A phone that was asleep may have lost its connection without a word.
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#wake(); });
    addEventListener('online', () => this.#open());
    addEventListener('offline', () => this.#fail());
    addEventListener('pageshow', ({ persisted }) => { if (persisted) this.#open(); });
    queueMicrotask(() => this.#open());
  }

  #wake() {
    if (!this.connected || performance.now() - this.#heard > SILENT_MS / 2) this.#open();
  }

  #open() {
    clearTimeout(this.#retry);
    this.#source?.close();
    const source = new EventSource(address('/host/desk'));
    this.#source = source;
    this.#heard = performance.now();
    const hear = () => {
      this.#heard = performance.now();
      this.#failures = 0;
      this.#say(true);
    };
    source.addEventListener('desk', ({ data }) => {
      hear();
      this.dispatchEvent(new CustomEvent('desk', { detail: JSON.parse(data) }));
    });
    source.addEventListener('time', () => {
      hear();
      this.dispatchEvent(new Event('time'));
    });
    // The browser would give up for good after any status but 200, without a word.
    source.onerror = () => { if (source === this.#source) this.#fail(); };
  }

  async #fail() {
    this.#source?.close();
    this.#source = null;
    this.#say(false);
    clearTimeout(this.#retry);
    const pause = Math.min(PAUSE_MS * 2 ** this.#failures++, PAUSE_MOST_MS);
    this.#retry = setTimeout(() => this.#open(), pause * (0.75 + Math.random() / 2));
    const status = await fetch(address('/host/desk'), { headers: { Accept: 'application/json' } }).then((answer) => answer.status, () => 0);
    if (status === 401 || status === 404) this.dispatchEvent(new Event('out'));
  }

  /** @param {boolean} connected */
  #say(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    this.dispatchEvent(new Event('state'));
  }
}
