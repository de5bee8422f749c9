import { Timers } from './browser.js';
import { relay } from './events.js';
import { saysOk } from './fallback.js';

/** A poll still waiting after this long was let in, if the server is there at all. */
const UP_MS = 2_000;

/** Where enough connections are held, a poll is cut short after this and two round trips, and repeated. */
const BRIEF_MS = 500;
const APART_MS = 3_000;

/** A poll that brings no new picture in less than this must not be repeated at once. */
const QUICK_MS = 1_000;

/** The longest Retry-After that is taken at its word. */
const RETRY_AFTER_MAX_MS = 300_000;

/**
 * Long polling: a request that is answered when there is news, and then another one.
 *
 * @type {import('./transports.js').Transport}
 */
export function poll(browser, url, sink, held, now) {
  let open = true;
  let up = false;
  let trip = 0;
  let mark = '';
  let request = new AbortController();
  /** @type {Timers<'look' | 'pause'>} */
  const timers = new Timers(browser);
  /** @param {number} ms */
  const pause = (ms) => new Promise((done) => timers.set('pause', ms, () => done(null)));

  const loop = async () => {
    while (open) {
      const sent = now();
      const asked = url('/poll', mark);
      const { signal } = (request = new AbortController());
      let cut = false;
      const brief = held.crowded ? BRIEF_MS + 2 * trip : UP_MS;
      held.take();
      timers.set('look', Math.min(brief, UP_MS), async () => {
        cut = held.crowded;
        if (cut) request.abort(); // first: what is asked next may need its connection
        else if (!up && (await saysOk(browser, url('/healthz'), signal))) sink.up();
      });
      try {
        const { status, retryAfter, last, events } = await pollOnce(browser, asked, signal);
        timers.clear('look');
        if (!open) return;
        if (status !== 200 && status !== 204) return sink.end(retryAfter);
        up = true;
        sink.heard();
        mark = last;
        for (const event of events) sink.event(event.name, event.id, event.data);
        const quick = now() - sent < QUICK_MS;
        // An early 204 says that the process stops (contract 3).
        if (quick && status === 204) return sink.end(retryAfter);
        if (quick && url('/poll', mark) === asked) await pause(QUICK_MS);
      } catch (error) {
        if (!cut || !open) throw error;
        const { signal } = (request = new AbortController());
        const began = now();
        if (!(await saysOk(browser, url('/healthz'), signal))) throw error;
        trip = now() - began;
        sink.heard();
        await pause(APART_MS);
      }
    }
  };
  loop().catch(() => {
    timers.clear('look');
    sink.end();
  });
  return () => {
    open = false;
    request.abort();
    timers.clear('look', 'pause');
  };
}

/**
 * One long poll. Rejects when there is no answer or the body is no JSON.
 *
 * @param {import('./browser.js').Browser} browser
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<{status: number, retryAfter: number, last: string, events: import('./index.js').Event[]}>} last: the id to go on with
 */
export async function pollOnce(browser, url, signal) {
  const answer = await browser.fetch(url, { signal, cache: 'no-store' });
  const retryAfter = waitOf(answer.headers.get('Retry-After'), browser.Date.now());
  const last = answer.headers.get('Last-Event-ID') ?? '';
  /** @type {import('./index.js').Event[]} */
  const events = [];
  if (answer.status === 200) {
    const body = await answer.json();
    for (const item of body.events) {
      relay(item, { event: (name, id, data) => events.push({ name, id, data, live: false }) });
    }
  }
  return { status: answer.status, retryAfter, last, events };
}

/**
 * @param {string | null} header seconds or a date
 * @param {number} now
 */
function waitOf(header, now) {
  if (!header) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Math.min(Math.max(ms || 0, 0), RETRY_AFTER_MAX_MS);
}
