import { Timers } from './browser.js';
import { NAMES, WITH_ID } from './events.js';
import { saysOk } from './fallback.js';
import { Held } from './held.js';

/**
 * The three transports. Each is opened once, tells what comes over it, and is closed
 * when it has said `end`; trying again is the link's business.
 *
 * @typedef {import('./browser.js').Browser} Browser
 * @typedef {import('./index.js').Event} Event
 * @typedef {import('./fallback.js').Kind} Kind
 *
 * @typedef {object} Sink
 * @property {() => void} up it can be taken to work, though nothing was said yet
 * @property {() => void} heard a sign of life that is no event
 * @property {(name: string, id: string, data: any) => void} event data is undefined when unreadable
 * @property {(retryAfter?: number) => void} end the server may ask to be left alone for some milliseconds
 *
 * @typedef {(browser: Browser, url: (path: string, mark?: string) => string, sink: Sink, held: Held, now: () => number) => () => void} Transport
 *   opens, and returns what closes it; held is for its HTTP connection, now a clock that never goes back
 */

/** Pictures within this time of a transport's first word are taken for a replay. */
const REPLAY_MS = 1_000;

/** A poll still waiting after this long was let in, if the server is there at all. */
const POLL_UP_MS = 2_000;

/** Where enough connections are held, a poll is cut short after this and two round trips, and repeated. */
const POLL_BRIEF_MS = 500;
const POLL_APART_MS = 3_000;

/** A poll that brings no new picture in less than this must not be repeated at once. */
const POLL_QUICK_MS = 1_000;

/** The longest Retry-After that is taken at its word. */
const RETRY_AFTER_MAX_MS = 300_000;

/**
 * Server-sent events. The browser would reconnect by itself after some failures
 * but gives up for good after others (any status but 200); here it never gets to
 * choose, so that there is one kind of reconnection.
 *
 * @type {Transport}
 */
function sse(browser, url, sink, held) {
  held.take();
  const source = new browser.EventSource(url('/subscribe'));
  let last = '';
  for (const name of NAMES) {
    source.addEventListener(name, ({ data, lastEventId }) => {
      // The browser repeats the last id with every event; most have none of their own.
      const own = WITH_ID.includes(name) || lastEventId !== last;
      last = lastEventId;
      sink.event(name, own ? last : '', parse(data));
    });
  }
  source.onerror = () => sink.end();
  return () => source.close();
}

/** @type {Transport} */
function ws(browser, url, sink) {
  const address = new URL(url('/ws'), browser.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new browser.WebSocket(address);
  socket.onmessage = ({ data }) => relay(parse(data), sink);
  socket.onclose = () => sink.end();
  return () => socket.close();
}

/** @type {Transport} */
function poll(browser, url, sink, held, now) {
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
      const brief = held.crowded ? POLL_BRIEF_MS + 2 * trip : POLL_UP_MS;
      held.take();
      timers.set('look', Math.min(brief, POLL_UP_MS), async () => {
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
        const quick = now() - sent < POLL_QUICK_MS;
        // An early 204 says that the process stops (contract 3).
        if (quick && status === 204) return sink.end(retryAfter);
        if (quick && url('/poll', mark) === asked) await pause(POLL_QUICK_MS);
      } catch (error) {
        if (!cut || !open) throw error;
        const { signal } = (request = new AbortController());
        const began = now();
        if (!(await saysOk(browser, url('/healthz'), signal))) throw error;
        trip = now() - began;
        sink.heard();
        await pause(POLL_APART_MS);
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

/** @type {Record<Kind, Transport>} */
const TRANSPORTS = { sse, ws, poll };

/** One transport from its opening to its end, and what is known of it. */
export class Attempt {
  /** When something first answered, 0 before. */
  firstAt = 0;
  /** When the transport last proved itself, 0 before it spoke. */
  heardAt = 0;
  #open = true;
  #held;
  #close = () => {};

  /**
   * @param {Browser} browser
   * @param {() => number} now
   * @param {Kind} kind
   * @param {(path: string) => string} url for a path, with the id to resume from
   * @param {{
   *   up(attempt: Attempt): void,
   *   heard(attempt: Attempt): void,
   *   event(event: Event): void,
   *   crowded(attempt: Attempt): void,
   *   end(attempt: Attempt, retryAfter?: number): void,
   * }} on told nothing any more after close()
   */
  constructor(browser, now, kind, url, on) {
    this.kind = kind;
    this.since = now();
    this.#held = new Held(browser, () => on.crowded(this));
    const heard = () => {
      this.heardAt = now();
      this.firstAt ||= this.heardAt;
      on.heard(this);
    };
    /** @type {Sink} */
    const sink = {
      up: () => {
        if (!this.#open) return;
        this.firstAt ||= now();
        on.up(this);
      },
      heard: () => this.#open && heard(),
      event: (name, id, data) => {
        if (!this.#open) return;
        heard();
        if (!this.#open || !data || typeof data !== 'object') return;
        on.event({ name, id, data, live: this.heardAt - this.firstAt >= REPLAY_MS });
      },
      end: (retryAfter) => {
        if (!this.#open) return;
        this.close();
        on.end(this, retryAfter);
      },
    };
    try {
      this.#close = TRANSPORTS[kind](browser, url, sink, this.#held, now);
    } catch {
      // A policy that forbids the transport throws from its constructor.
      queueMicrotask(sink.end);
    }
  }

  get lastSign() {
    return this.heardAt || this.firstAt || this.since;
  }

  close() {
    this.#open = false;
    this.#close();
    this.#held.release();
  }
}

/**
 * One long poll. Rejects when there is no answer or the body is no JSON.
 *
 * @param {Browser} browser
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<{status: number, retryAfter: number, last: string, events: Event[]}>} last: the id to go on with
 */
export async function pollOnce(browser, url, signal) {
  const answer = await browser.fetch(url, { signal, cache: 'no-store' });
  const retryAfter = waitOf(answer.headers.get('Retry-After'), browser.Date.now());
  const last = answer.headers.get('Last-Event-ID') ?? '';
  /** @type {Event[]} */
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
 * Hands on one `{id, event, data}` object. Anything else is still a sign of life.
 *
 * @param {any} item
 * @param {Pick<Sink, 'event'> & Partial<Sink>} sink
 */
function relay(item, sink) {
  if (NAMES.includes(item?.event)) sink.event(item.event, item.id ?? '', item.data);
  else sink.heard?.();
}

/**
 * @param {string} text
 * @returns {any} undefined when it is no JSON
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
