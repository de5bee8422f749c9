/** @typedef {import('./browser.js').Browser} Browser */

/** So many connections the frames of a browser hold over HTTP, of six to a host over HTTP/1.1. */
const FRAMES = 3;

/**
 * Counts the HTTP connections that all tabs of this browser hold, whatever they
 * show: pages and posts need free ones. Whoever opens one says so to all, and
 * those who have held one for longer answer; the newest gives way. Nothing is
 * kept, so a tab that crashed does not count. Locks would do the same but are
 * missing on plain http, which is where the limit is.
 */
export class Held {
  /** Whether as many older ones are held as there may be. */
  crowded = false;
  #browser;
  #onCrowded;
  #most;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** When it was first held; a fraction tells those of one moment apart. */
  #since = 0;
  /** @type {Set<number>} */
  #older = new Set();

  /**
   * @param {Pick<Browser, 'BroadcastChannel' | 'Date' | 'Math'>} browser
   * @param {() => void} [onCrowded] may be called until release
   * @param {number} [most] held by others
   */
  constructor(browser, onCrowded = () => {}, most = FRAMES) {
    this.#browser = browser;
    this.#onCrowded = onCrowded;
    this.#most = most;
  }

  /** Holds a connection, or counts anew. */
  take() {
    const { BroadcastChannel, Date, Math } = this.#browser;
    if (!BroadcastChannel) return;
    if (!this.#channel) {
      this.#since = Date.now() + Math.random();
      this.#channel = new BroadcastChannel('picture-frame connections');
      this.#channel.onmessage = ({ data }) => this.#hear(data);
    }
    this.#older.clear();
    this.crowded = false;
    this.#channel.postMessage({ since: this.#since, asks: true });
  }

  release() {
    this.#channel?.close();
    this.#channel = null;
  }

  /** @param {{ since: number, asks: boolean }} other */
  #hear({ since, asks }) {
    if (since < this.#since) {
      this.#older.add(since);
      if (this.crowded || this.#older.size < this.#most) return;
      this.crowded = true;
      this.#onCrowded();
    } else if (asks) {
      this.#channel?.postMessage({ since: this.#since, asks: false });
    }
  }
}
