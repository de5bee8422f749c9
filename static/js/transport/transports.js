import { NAMES, WITH_ID, relay } from './events.js';
import { poll } from './poll.js';

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
 * @typedef {(browser: Browser, url: (path: string, mark?: string) => string, sink: Sink, held: import('./held.js').Held, now: () => number) => () => void} Transport
 *   opens, and returns what closes it; held is for its HTTP connection, now a clock that never goes back
 */

/** @type {Record<Kind, Transport>} */
export const TRANSPORTS = { sse, ws, poll };

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
