// The receipts as they come, while somebody looks at them.

import { withRoom } from './parts.js';
import { parse } from './wire-log.js';

/** After an end that is no wish of this page's. */
const AGAIN_MS = 5000;

/**
 * What the receipts of a picture add up to so far.
 * @typedef {import('./wave-chart.js').Bars & {id: string, receipts: number, sample: number, of: number}} Wave
 */

/**
 * Listens while a section is in the middle of the window. That costs one of this
 * browser's connections.
 * @param {string} frame
 * @param {HTMLElement} section
 * @param {(wave: Wave) => void} hear
 * @param {(why: string) => void} say is called with why nothing comes; with '' when it does
 */
export function feed(frame, section, hear, say) {
  let inView = false;
  /** @type {AbortController|null} */
  let running = null;

  const look = () => {
    if (!inView || document.hidden) running?.abort();
    else if (!running) listen();
  };

  async function listen() {
    const stop = new AbortController();
    running = stop;
    try {
      await withRoom(stop, () => new Promise((done) => {
        const source = new EventSource(`/lab/wave?frame=${frame}`);
        const end = () => {
          source.close();
          done(null);
        };
        source.onopen = () => say('');
        source.onerror = () => { if (source.readyState === EventSource.CLOSED) end(); };
        source.addEventListener('wave', ({ data }) => hear(parse(data)));
        stop.signal.addEventListener('abort', end);
      }));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
    running = null;
    setTimeout(look, stop.signal.aborted ? 0 : AGAIN_MS);
  }

  new IntersectionObserver((changes) => {
    inView = changes[changes.length - 1]?.isIntersecting ?? inView;
    look();
  }, { rootMargin: '-45% 0px' }).observe(section);
  document.addEventListener('visibilitychange', look);
}
