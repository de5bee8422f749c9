// Small things that the lab's experiments share.

import { make } from '../dom.js';
import { Held } from '../transport/held.js';

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(ms < 100_000 ? 3 : 0)} s`;
}

/** @param {number} ms */
export function millis(ms) {
  return `${Math.round(ms).toLocaleString()} ms`;
}

/** @param {number} n */
export function bytes(n) {
  return `${n.toLocaleString()} B`;
}

/** A random name in hexadecimal. @param {number} digits an even number */
export function token(digits) {
  const raw = crypto.getRandomValues(new Uint8Array(digits / 2));
  return Array.from(raw, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Appends to a log, forgets what is old, and follows the end unless the reader
 * has scrolled away from it.
 * @param {HTMLElement} log
 * @param {Node} entry
 * @param {number} most
 */
export function append(log, entry, most = 80) {
  const following = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.append(entry);
  while (log.childElementCount > most) log.firstElementChild?.remove();
  if (following) log.scrollTop = log.scrollHeight;
}

/**
 * A line of a log: when, and what.
 * @param {string} when
 * @param {string} text
 * @param {string} [kind] good, warn or bad
 * @param {string} [size]
 */
export function entry(when, text, kind = '', size = '') {
  const item = make('li', { className: 'entry' }, make('span', { className: 'when', textContent: when }), make('span', { textContent: text }));
  if (kind) item.dataset.kind = kind;
  if (size) item.append(make('span', { className: 'size', textContent: size }));
  return item;
}

/**
 * Switches a button on or off. A focus goes from one that is off to another, or to
 * the title of the section, from where it comes back.
 * @param {HTMLButtonElement} button
 * @param {boolean} on
 * @param {HTMLButtonElement} [other] has been switched on
 */
export function enable(button, on, other) {
  const title = button.closest('.lab-section')?.querySelector('h2');
  const focused = document.activeElement === button;
  button.disabled = !on;
  if (focused && !on) {
    (other ?? title)?.focus({ preventScroll: true });
    if (!other) waiting = button;
  }
  if (on && waiting === button) {
    if (document.activeElement === title) button.focus({ preventScroll: true });
    waiting = undefined;
  }
}

/** The button whose focus is on its title. @type {HTMLButtonElement|undefined} */
let waiting;

/** Words for a visitor that types none. */
const WORDS = ['harbour', 'lighthouse', 'meadow', 'northern lights', 'clownfish', 'pumpkin', 'balloons', 'winter forest', 'city at night', 'dunes'];
let next = Math.floor(Math.random() * WORDS.length);

export function anyWord() {
  return WORDS[next++ % WORDS.length] ?? 'harbour';
}

/**
 * An answer to a POST, with all that the page can measure of it.
 * @typedef {object} Exchange
 * @property {string} path
 * @property {string} sent the body
 * @property {number} began
 * @property {number} ended
 * @property {number} status 0 when there was no answer
 * @property {string} statusText
 * @property {string} text the answer's body
 * @property {number} size of the answer's body in bytes
 * @property {any} json undefined when it is none
 */

/**
 * The Ajax that goes up.
 * @param {string} frame
 * @param {string} keyword
 * @returns {Promise<Exchange>}
 */
export async function publish(frame, keyword) {
  const path = `/publish?frame=${frame}`;
  const sent = new URLSearchParams({ keyword }).toString();
  const began = performance.now();
  /** @type {Exchange} */
  const exchange = { path, sent, began, ended: began, status: 0, statusText: 'no answer', text: '', size: 0, json: undefined };
  try {
    const answer = await fetch(path, {
      method: 'POST', body: sent, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    });
    const body = await answer.arrayBuffer();
    exchange.status = answer.status;
    exchange.statusText = answer.statusText;
    exchange.size = body.byteLength;
    exchange.text = new TextDecoder().decode(body);
    exchange.json = JSON.parse(exchange.text);
  } catch {
    // What came is in the exchange; no answer and no JSON say enough by themselves.
  }
  exchange.ended = performance.now();
  return exchange;
}

/** Why an exchange failed, in words. @param {Exchange} exchange */
export function failure(exchange) {
  if (exchange.status === 200) return '';
  return exchange.json?.detail ?? (exchange.status ? `The server answered ${exchange.status}.` : 'The server did not answer.');
}

/**
 * The bytes of a response's header that a script can see, as HTTP/1.1 writes them.
 * @param {Headers} headers
 */
export function headerBytes(headers) {
  let n = 'HTTP/1.1 200 OK\r\n\r\n'.length;
  headers.forEach((value, name) => { n += name.length + value.length + ': \r\n'.length; });
  return n;
}

/**
 * Stops the experiment that holds connections. Only one may: a browser opens six
 * connections to a host over HTTP/1.1, and a seventh request would wait for ever.
 */
let current = () => {};

/** @param {() => void} stop ends the experiment that begins now */
export function begin(stop) {
  if (current !== stop) current();
  current = stop;
}

/** Streams that all tabs of this browser may hold: of six connections one stays free. */
const STREAMS = 5;

/** For how long other tabs are listened to; a busy machine may be slower. */
const ANSWERS_MS = 200;

/** Said where a stream finds no room. */
export const CROWDED = 'no connection is free: other tabs of this browser hold them';

/**
 * Asks this browser's other tabs for room for a stream.
 * @param {() => void} late is called when the answer was yes too early: the stream has to end
 * @param {number} [most] streams that there may be then
 * @returns {Promise<Held|null>} to be released when the stream has ended; null when there is no room
 */
export async function room(late, most = STREAMS) {
  let given = false;
  const held = new Held(globalThis, () => { if (given) late(); }, most);
  held.take();
  await new Promise((done) => { setTimeout(done, ANSWERS_MS); });
  given = !held.crowded;
  if (given) return held;
  held.release();
  return null;
}

/**
 * Runs something that holds one stream until it ends or is stopped.
 * @param {AbortController} stop
 * @param {() => Promise<unknown>} run
 */
export async function withRoom(stop, run) {
  const held = await room(() => stop.abort());
  if (!held) throw new Error(CROWDED);
  stop.signal.addEventListener('abort', () => held.release());
  try {
    if (!stop.signal.aborted) await run();
  } finally {
    held.release();
  }
}

/**
 * Opens a WebSocket to a path of this server.
 * @param {string} path
 */
export function socket(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url);
}
