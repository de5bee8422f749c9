// A tap on a stream: reads an event stream with fetch, because EventSource hides
// the bytes. It reconnects with the last id, backs off when it is refused, and
// reopens a stream that is silent for too long.

import { Blocks } from './blocks.js';
import { CROWDED, headerBytes, room } from './parts.js';

/** @typedef {import('./blocks.js').Block} Block */

/** Until the server has said otherwise. */
const RETRY_MS = 3000;

/** After an answer that is no stream: first this long, then twice as long, to a bound. */
const BACKOFF_MS = 1000;
const BACKOFF_MAX_MS = 30_000;

/** Between two looks for a connection that is free. */
const CROWDED_MS = 5000;

/**
 * What a tap goes through; header is the size of the answer's. `at` is on the clock of performance.now().
 * @typedef {{name: 'opening', lastId: string}
 *   | {name: 'live', header: number}
 *   | {name: 'lost', why: string}
 *   | {name: 'waiting', ms: number, why: string}
 *   | {name: 'closed'}} State
 */

/**
 * @typedef {object} Listener
 * @property {(block: Block, at: number) => void} [block]
 * @property {(size: number, at: number, partial: number) => void} [bytes] partial: of a block that is not complete
 * @property {(state: State, at: number) => void} [state]
 */

export class Tap {
  #url;
  #accept;
  #on;
  #watchdog;
  #most;
  /** @type {import('../transport/held.js').Held|null} */
  #held = null;
  #failures = 0;
  #retry = RETRY_MS;
  /** @type {AbortController|null} */
  #request = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #silent = false;
  lastId = '';
  open = false;

  /** How long after the server's end it comes back, in ms: what the server said last. */
  get retry() { return this.#retry; }

  /**
   * @param {string} url
   * @param {Listener} on
   * @param {{watchdog?: number, accept?: string, most?: number}} [options] watchdog: silence in ms
   *   that counts as a dead line; most: streams of this browser with which it begins
   */
  constructor(url, on, { watchdog = 0, accept = 'text/event-stream', most = undefined } = {}) {
    this.#url = url;
    this.#on = on;
    this.#watchdog = watchdog;
    this.#accept = accept;
    this.#most = most;
  }

  start() {
    if (this.open) return;
    this.open = true;
    this.#failures = 0;
    this.#attempt();
  }

  stop() {
    if (!this.open) return;
    this.open = false;
    clearTimeout(this.#timer);
    this.#giveWay();
    this.#tell({ name: 'closed' });
  }

  async #attempt() {
    const request = new AbortController();
    this.#request = request;
    this.#silent = false;
    this.#tell({ name: 'opening', lastId: this.lastId });
    const ended = (await this.#enter(request)) ? await this.#read(request) : { why: CROWDED, wait: CROWDED_MS, reason: 'for another tab to close' };
    clearTimeout(this.#timer);
    if (!this.open || this.#request !== request) return;
    this.#tell({ name: 'lost', why: ended.why });
    this.#tell({ name: 'waiting', ms: ended.wait, why: ended.reason });
    this.#timer = setTimeout(() => this.#attempt(), ended.wait);
  }

  /** @param {AbortController} request */
  async #enter(request) {
    if (this.#held) return true;
    const held = await room(() => this.#giveWay(), this.#most);
    if (this.open && this.#request === request) this.#held = held;
    else held?.release();
    return this.#held !== null;
  }

  #giveWay() {
    this.#held?.release();
    this.#held = null;
    this.#request?.abort();
  }

  /**
   * Reads one answer to its end.
   * @param {AbortController} request
   * @returns {Promise<{why: string, wait: number, reason: string}>}
   */
  async #read(request) {
    /** @type {Record<string, string>} */
    const headers = { Accept: this.#accept };
    if (this.lastId) headers['Last-Event-ID'] = this.lastId;
    const blocks = new Blocks();
    try {
      const answer = await fetch(this.#url, { headers, cache: 'no-store', signal: request.signal });
      if (answer.status !== 200 || !answer.body) {
        const asked = Number(answer.headers.get('Retry-After')) * 1000 || 0;
        return { why: `answered ${answer.status}`, ...this.#backOff(asked) };
      }
      this.#failures = 0;
      this.#tell({ name: 'live', header: headerBytes(answer.headers) });
      const reader = answer.body.getReader();
      for (;;) {
        this.#watch(request);
        const { done, value } = await reader.read();
        if (done) return { why: 'the server ended it', wait: this.#retry, reason: 'as retry says' };
        const at = performance.now();
        const complete = blocks.push(value);
        this.#on.bytes?.(value.length, at, blocks.pending);
        for (const block of complete) this.#take(block, at);
      }
    } catch {
      if (this.#silent) return { why: `silent for ${this.#watchdog / 1000} s`, wait: 0, reason: 'at once' };
      return { why: 'connection lost', wait: this.#retry, reason: 'as retry says' };
    }
  }

  /**
   * @param {Block} block
   * @param {number} at
   */
  #take(block, at) {
    if (block.id !== undefined) this.lastId = block.id;
    if (block.retry !== undefined) this.#retry = block.retry;
    this.#on.block?.(block, at);
  }

  /** @param {number} asked what the server wants at least, in ms */
  #backOff(asked) {
    const most = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** this.#failures++);
    return { wait: Math.round(Math.max(asked, most * (0.5 + Math.random() / 2))), reason: asked ? 'as Retry-After says' : 'backing off' };
  }

  /** @param {AbortController} request */
  #watch(request) {
    clearTimeout(this.#timer);
    if (!this.#watchdog) return;
    this.#timer = setTimeout(() => {
      this.#silent = true;
      request.abort();
    }, this.#watchdog);
  }

  /** @param {State} state */
  #tell(state) { this.#on.state?.(state, performance.now()); }
}
