/**
 * What the transport takes from the browser. `globalThis` is one of these; tests
 * bring their own clock, chance, network and tabs. EventSource, WebSocket,
 * BroadcastChannel and navigator.locks may be missing (the last is, on a page
 * that came over plain http from anywhere but localhost).
 *
 * @typedef {Pick<typeof globalThis, 'fetch' | 'setTimeout' | 'clearTimeout'
 *   | 'addEventListener' | 'removeEventListener' | 'document' | 'location'
 *   | 'navigator' | 'EventSource' | 'WebSocket' | 'BroadcastChannel'>
 *   & Steps & { Math: { random(): number } }} Browser
 *
 * @typedef {{ Date: { now(): number }, performance: { now(): number } }} Steps
 */

/** A delay that is longer fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A clock that has gone on by so much more than the other one: the machine slept. */
const SLEPT_MS = 10_000;

/**
 * Makes a clock, in milliseconds since any moment, that never goes back. People
 * and time servers set `Date`; `performance.now()` cannot be set, but stands
 * still in some browsers while the machine sleeps, which is added here.
 *
 * @param {Steps} browser
 */
export function steadyClock({ Date, performance }) {
  let slept = 0;
  let apart = Date.now() - performance.now();
  return () => {
    const now = performance.now();
    const ahead = Date.now() - now - apart;
    apart += ahead;
    if (ahead >= SLEPT_MS) slept += ahead;
    return now + slept;
  };
}

/**
 * Reports whether a server with this host name, as a URL has it, runs on the
 * browser's own machine.
 *
 * @param {string} hostname
 */
export function isLoopback(hostname) {
  return /^(.+\.)?localhost\.?$|^127\.[\d.]+$|^\[::1\]$/.test(hostname);
}

/**
 * Tells what happens to the tab.
 *
 * `sleep` means that nothing runs here any more: the page is frozen, in the
 * back/forward cache, or going away. It must let go of its connection and its
 * lock, or the other tabs would wait for a leader that cannot speak. `wake` is
 * the way back; `shown` only reports that the tab is visible again.
 *
 * @param {Browser} browser
 * @param {Record<'sleep' | 'wake' | 'shown' | 'online' | 'offline', () => void>} on
 * @returns {() => void} stops telling
 */
export function watchTab(browser, on) {
  const { document } = browser;
  const visible = () => {
    if (document.visibilityState === 'visible') on.shown();
  };
  /** @type {[Pick<EventTarget, 'addEventListener' | 'removeEventListener'>, string, () => void][]} */
  const listeners = [
    [browser, 'pagehide', on.sleep],
    [browser, 'pageshow', on.wake],
    [document, 'freeze', on.sleep],
    [document, 'resume', on.wake],
    [document, 'visibilitychange', visible],
    [browser, 'online', on.online],
    [browser, 'offline', on.offline],
  ];
  for (const [target, type, listener] of listeners) target.addEventListener(type, listener);
  return () => {
    for (const [target, type, listener] of listeners) target.removeEventListener(type, listener);
  };
}

/**
 * Timers by name: setting one again replaces it.
 *
 * @template {string} Name
 */
export class Timers {
  #browser;
  /** @type {Map<Name, number>} */
  #ids = new Map();

  /** @param {Pick<Browser, 'setTimeout' | 'clearTimeout'>} browser */
  constructor(browser) {
    this.#browser = browser;
  }

  /** @param {Name} name */
  has(name) {
    return this.#ids.has(name);
  }

  /**
   * @param {Name} name
   * @param {number} ms
   * @param {() => void} act
   */
  set(name, ms, act) {
    this.clear(name);
    const fire = () => {
      this.#ids.delete(name);
      act();
    };
    this.#ids.set(name, this.#browser.setTimeout(fire, Math.min(Math.max(0, ms), LONGEST_MS)));
  }

  /** @param {Name[]} names */
  clear(...names) {
    for (const name of names) {
      this.#browser.clearTimeout(this.#ids.get(name));
      this.#ids.delete(name);
    }
  }
}
