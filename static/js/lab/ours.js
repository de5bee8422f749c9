// The transport of every frame's page, on a stream that its visitor breaks, and
// written down from outside. Nothing in it is changed but where it connects and
// how long it bears silence.

import { connect } from '../transport/index.js';
import { NAMES } from '../transport/events.js';

/** The lab's stream tells the time every 2 s: three times missed, and a bit. */
export const QUIET_MS = 7000;

/**
 * @typedef {object} Heard
 * @property {(lastId: string) => void} opening
 * @property {() => void} live
 * @property {(why: string) => void} lost
 * @property {(ms: number) => void} waiting
 * @property {(name: string, id: string, data: any) => void} event
 */

/**
 * Connects until the returned function is called.
 * @param {string} frame
 * @param {(path: string) => string} address of the stream, from that of a frame's
 * @param {Heard} on
 */
export function openOurs(frame, address, on) {
  let over = false;
  let said = '';

  /** The browser's own, told of at every turn. */
  class Watched extends EventSource {
    #ended = false;
    #live = false;

    /** @param {string|URL} url */
    constructor(url) {
      const path = address(String(url));
      super(path);
      on.opening(new URL(path, location.href).searchParams.get('lastEventId') ?? '');
      this.addEventListener('open', () => {
        this.#live = true;
        said = '';
        on.live();
      });
      this.addEventListener('error', () => {
        this.#ended = true;
        if (this.readyState === EventSource.CLOSED) on.lost('no stream in the answer: an EventSource by itself would give up here');
        else on.lost('connection lost');
      });
    }

    /** @override */
    close() {
      if (this.#live && !this.#ended && !over && said !== 'bye') on.lost(`silent for ${QUIET_MS / 1000} s: given up`);
      this.#ended = true;
      super.close();
    }
  }

  const connection = connect({ frame, transport: 'sse', share: false, quiet: QUIET_MS }, browser(Watched));
  for (const name of NAMES) {
    connection.addEventListener(name, (event) => {
      const { id, data } = /** @type {CustomEvent} */ (event).detail;
      if (name === 'bye') said = 'bye';
      on.event(name, id, data);
    });
  }
  connection.addEventListener('state', (event) => {
    const { state, retryIn } = /** @type {CustomEvent} */ (event).detail;
    if (state === 'waiting' && retryIn) on.waiting(retryIn);
  });
  return () => {
    over = true;
    connection.close();
  };
}

/**
 * This browser with another EventSource, and without what other tabs say of their
 * connections: the lab has asked them for room itself.
 * @param {typeof EventSource} source
 * @returns {import('../transport/browser.js').Browser}
 */
function browser(source) {
  const { document, location, navigator, performance } = globalThis;
  return /** @type {any} */ ({
    document, location, navigator, performance, Date, Math,
    EventSource: source,
    fetch: fetch.bind(globalThis),
    setTimeout: setTimeout.bind(globalThis),
    clearTimeout: clearTimeout.bind(globalThis),
    addEventListener: addEventListener.bind(globalThis),
    removeEventListener: removeEventListener.bind(globalThis),
  });
}
