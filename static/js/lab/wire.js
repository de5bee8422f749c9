// The wire: this page's own stream, raw. Other experiments listen to it too.

import { find } from '../dom.js';
import { seconds } from './parts.js';
import { Replay, save } from './replay.js';
import { Tap } from './tap.js';
import { WireLog } from './wire-log.js';

/** @typedef {import('./blocks.js').Block} Block */

/** The server speaks every 15 s. */
const WATCHDOG_MS = 37_000;

/** With so many streams in this browser the wire begins: one more is for an experiment. */
const STREAMS = 4;

/** What comes this soon after the opening is what was there before. */
const REPLAY_MS = 1000;

export class Wire {
  #tap;
  #log = new WireLog();
  #replay;
  #state = find('wire-state', HTMLElement);
  #since = 0;
  /** Of the answer that is the stream, in bytes. */
  header = 0;
  #lastByte = 0;
  #lastLine = 0;
  #bytes = 0;
  #events = 0;
  /** @type {Set<(block: Block, at: number) => void>} */
  #listeners = new Set();

  /** @param {string} frame */
  constructor(frame) {
    this.#tap = new Tap(`/subscribe?frame=${frame}`, {
      block: (block, at) => this.#block(block, at),
      bytes: (size, at) => this.#read(size, at),
      state: (state, at) => this.#follow(state, at),
    }, { watchdog: WATCHDOG_MS, most: STREAMS });
    this.#replay = new Replay(this.#log);
    for (const button of document.querySelectorAll('[data-export]')) {
      if (button instanceof HTMLElement) button.addEventListener('click', () => save(button.dataset.export ?? '', this.#log.blocks));
    }
    setInterval(() => this.#tick(), 100);
  }

  start() { this.#tap.start(); }

  /** Lets the connection go, until start. */
  stop() { this.#tap.stop(); }

  /** Whether what comes at a time is news, and no replay. @param {number} at */
  isLive(at) { return at - this.#since >= REPLAY_MS; }

  get lastId() { return this.#tap.lastId; }

  /**
   * Calls hear for every block until the returned function is called.
   * @param {(block: Block, at: number) => void} hear
   */
  listen(hear) {
    this.#listeners.add(hear);
    return () => { this.#listeners.delete(hear); };
  }

  /**
   * @param {Block} block
   * @param {number} at
   */
  #block(block, at) {
    if (block.dispatched) this.#events++;
    const gap = this.#lastLine ? at - this.#lastLine : 0;
    this.#lastLine = at;
    this.#add({ block, at, gap, when: `+${seconds(at - this.#since)}`, text: '' });
    for (const hear of this.#listeners) hear(block, at);
  }

  /** A replay has the log for itself. @param {import('./wire-log.js').Line} line */
  #add(line) {
    if (!this.#replay.running) this.#log.add(line);
  }

  /**
   * @param {number} size
   * @param {number} at
   */
  #read(size, at) {
    this.#bytes += size;
    this.#lastByte = at;
  }

  /**
   * @param {import('./tap.js').State} state
   * @param {number} at
   */
  #follow(state, at) {
    const note = (/** @type {string} */ text) => this.#add({ block: null, at, gap: 0, when: '', text });
    if (state.name === 'live') {
      this.#since = this.#lastByte = at;
      this.#lastLine = 0;
      this.header = state.header;
      this.#say('good', 'Live');
    } else if (state.name === 'lost') {
      this.#since = 0;
      note(state.why);
    } else if (state.name === 'waiting') {
      this.#say('warn', `Back in ${seconds(state.ms)}`);
      note(`waiting ${seconds(state.ms)}, ${state.why}`);
    } else if (state.name === 'opening' && state.lastId) {
      note(`GET again, Last-Event-ID: ${state.lastId}`);
    } else if (state.name === 'closed') {
      this.#since = 0;
      this.#say('warn', 'Let go');
      note('let go, for an experiment');
    }
  }

  #tick() {
    const now = performance.now();
    figure('wire-age', this.#since ? seconds(now - this.#since) : '–');
    figure('wire-silent', this.#since ? seconds(now - this.#lastByte) : '–');
    figure('wire-bytes', this.#bytes.toLocaleString());
    figure('wire-events', this.#events.toLocaleString());
    figure('wire-id', this.#tap.lastId || 'none yet');
    figure('wire-retry', `${this.#tap.retry.toLocaleString()} ms`);
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  #say(kind, text) {
    this.#state.dataset.kind = kind;
    this.#state.textContent = text;
  }
}

/**
 * @param {string} id
 * @param {string} text
 */
function figure(id, text) {
  const element = find(id, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}
