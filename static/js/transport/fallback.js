/**
 * When to try again, and over what.
 *
 * @typedef {import('./browser.js').Browser} Browser
 * @typedef {'sse' | 'ws' | 'poll'} Kind
 */

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Failures in a row after which a transport is under suspicion. */
const PATIENCE = 2;

/** Between two tries of a better transport: doubled when in vain, up to the second. */
const FIRST_UPGRADE_MS = 60_000;
const LAST_UPGRADE_MS = 30 * 60_000;

/**
 * How long to wait after so many failures in a row (from 1): anything from one
 * second to a ceiling that doubles, so that the pages that lost a server together
 * do not all return together.
 *
 * @param {number} failures
 * @param {() => number} random
 */
export function backoff(failures, random) {
  const ceiling = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** failures);
  return SHORTEST_WAIT_MS + random() * (ceiling - SHORTEST_WAIT_MS);
}

/**
 * How long to wait after so many failures in a row: never less than the server asks
 * for, in milliseconds, nor than a network needs to come back. The browser can be
 * wrong about having none, so only the first try waits for one.
 *
 * @param {number} failures
 * @param {number} retryAfter
 * @param {boolean} offline what the browser says
 * @param {() => number} random
 */
export function retryWait(failures, retryAfter, offline, random) {
  const asked = retryAfter * (1 + random() / 5);
  const network = offline && failures === 1 ? LONGEST_WAIT_MS * (1 + random()) / 2 : 0;
  return Math.max(backoff(failures, random), asked, network);
}

/**
 * Whether the server says ok under a plain address: /healthz when it is there,
 * /readyz when it also lets new streams in. The body is read because captive
 * portals answer 200 to everything.
 *
 * @param {Browser} browser
 * @param {string} address
 * @param {AbortSignal} signal
 */
export async function saysOk(browser, address, signal) {
  try {
    const answer = await browser.fetch(address, { signal, cache: 'no-store' });
    return answer.ok && (await answer.text()).trim() === 'ok' && !signal.aborted;
  } catch {
    return false;
  }
}

/** The transports to choose from, best first, and the one in use. */
export class Fallback {
  /** @type {Kind[]} */
  #auto = ['poll'];
  #kinds;
  #index = 0;
  #misses = 0;
  #upgrades = 0;
  #random;

  /**
   * @param {Browser} browser
   * @param {Kind | 'auto'} transport
   */
  constructor(browser, transport) {
    this.#random = () => browser.Math.random();
    if (browser.WebSocket) this.#auto.unshift('ws');
    if (browser.EventSource) this.#auto.unshift('sse');
    this.#kinds = transport === 'auto' ? this.#auto : [transport];
  }

  get kind() {
    return this.#kinds[this.#index] ?? 'poll';
  }

  get atBest() {
    return this.#index === 0;
  }

  /** Back to the best transport: this may be another network. */
  reset() {
    this.#index = this.#misses = this.#upgrades = 0;
  }

  /** Leaves SSE, also where it was the only choice, until a try of the better transport gets room. */
  crowd() {
    this.#kinds = this.#auto;
    this.#index = 1;
    this.#misses = 0;
  }

  /** The transport in use works. */
  proved() {
    this.#misses = 0;
  }

  /**
   * The transport in use ended before it had proved itself.
   *
   * @returns {boolean} whether the transport may be to blame
   */
  missed() {
    return ++this.#misses >= PATIENCE && this.#kinds.length > 1;
  }

  /**
   * The transport in use is to blame: on to the next, and from the last to the first.
   *
   * @returns {boolean} whether the next has not been tried yet
   */
  stepDown() {
    this.#misses = 0;
    this.#index = (this.#index + 1) % this.#kinds.length;
    return this.#index > 0;
  }

  /**
   * The transport below another, undefined below the last.
   *
   * @param {Kind} kind
   */
  below(kind) {
    return this.#kinds[this.#kinds.indexOf(kind) + 1];
  }

  /** When to try a better transport next. */
  upgradeWait() {
    const wait = Math.min(LAST_UPGRADE_MS, FIRST_UPGRADE_MS * 2 ** this.#upgrades);
    return wait * (0.75 + this.#random() / 2);
  }

  /** The better transport to try, each in its turn. */
  nextUpgrade() {
    return this.#kinds[this.#upgrades++ % this.#index] ?? 'poll';
  }

  /** @param {Kind} kind the transport that works, found by trying it beside the one in use */
  settle(kind) {
    this.#index = this.#kinds.indexOf(kind);
    this.#misses = this.#upgrades = 0;
  }
}
