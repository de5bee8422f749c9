// The five ways in which a picture can come down, each measured by itself.

import { CROWDED, headerBytes, socket, withRoom } from './parts.js';

/** How often the old-fashioned lane asks. */
const POLL_MS = 2000;

/** A poll that waits is taken for let in after this long, its search for room included. */
const SETTLED_MS = 500;

/**
 * What a lane tells: a picture with the size of what brought it, and what it
 * cost. Up is what it sent.
 * @typedef {object} Sink
 * @property {(picture: {id: string, url: string}, at: number, size: number) => void} picture
 * @property {(down: number, requests: number) => void} cost
 * @property {(why: string) => void} fail
 */

/**
 * Opens a lane. Ready is settled once it is open; stop closes it.
 * @typedef {(frame: string, sink: Sink) => {ready: Promise<unknown>, stop: () => void}} Lane
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The wire of this page is the first lane. @param {import('./wire.js').Wire} wire @returns {Lane} */
export function sse(wire) {
  return (_frame, sink) => {
    sink.cost(wire.header, 1); // its request was made when the page opened
    const stop = wire.listen((block, at) => {
      sink.cost(block.size, 0);
      if (block.event === 'picture') sink.picture({ id: block.id ?? '', url: parse(block.data)?.url ?? '' }, at, block.size);
    });
    return { ready: Promise.resolve(), stop };
  };
}

/** @type {Lane} */
export function ws(frame, sink) {
  const line = socket(`/ws?frame=${frame}`);
  line.onmessage = ({ data }) => {
    const size = encoder.encode(data).length;
    sink.cost(size, 0);
    const message = parse(data);
    if (message?.event === 'picture') sink.picture(named(message), performance.now(), size);
  };
  const ready = new Promise((done) => {
    line.onopen = done;
    line.onclose = () => {
      sink.fail('closed');
      done(null);
    };
  });
  return {
    ready,
    stop: () => {
      line.onclose = null;
      line.close();
    },
  };
}

/** @type {Lane} */
export function ndjson(frame, sink) {
  const stop = new AbortController();
  let opened = () => {};
  const ready = new Promise((done) => { opened = () => done(null); });
  const read = async () => {
    const answer = await fetch(`/subscribe?frame=${frame}`, { headers: { Accept: 'application/x-ndjson' }, cache: 'no-store', signal: stop.signal });
    sink.cost(headerBytes(answer.headers), 1);
    opened();
    if (answer.status !== 200 || !answer.body) return sink.fail(`answered ${answer.status}`);
    const reader = answer.body.getReader();
    for (let rest = new Uint8Array(); ;) {
      const { done, value } = await reader.read();
      if (done) return sink.fail('ended');
      const at = performance.now();
      sink.cost(value.length, 0);
      const all = new Uint8Array(rest.length + value.length);
      all.set(rest);
      all.set(value, rest.length);
      rest = lines(all, (line) => {
        const message = parse(decoder.decode(line));
        if (message?.event === 'picture') sink.picture(named(message), at, line.length + 1);
      });
    }
  };
  withRoom(stop, read).catch((error) => {
    if (!stop.signal.aborted) sink.fail(reason(error));
    opened();
  });
  return { ready, stop: () => stop.abort() };
}

/** @param {import('./wire.js').Wire} wire @returns {Lane} */
export function longPoll(wire) {
  return (frame, sink) => {
    const stop = new AbortController();
    let id = wire.lastId;
    const loop = async () => {
      while (!stop.signal.aborted) {
        const answer = await fetch(`/poll?frame=${frame}&lastEventId=${encodeURIComponent(id)}`, { cache: 'no-store', signal: stop.signal });
        const body = await answer.arrayBuffer();
        const at = performance.now();
        sink.cost(headerBytes(answer.headers) + body.byteLength, 1);
        if (answer.status === 204) continue;
        if (answer.status !== 200) return sink.fail(`answered ${answer.status}`);
        for (const message of parse(decoder.decode(body))?.events ?? []) {
          id = message.id ?? ''; // after a reset the old one would only bring another, at once
          if (message.event === 'picture') sink.picture(named(message), at, body.byteLength);
        }
      }
    };
    withRoom(stop, loop).catch((error) => { if (!stop.signal.aborted) sink.fail(reason(error)); });
    return { ready: settled(), stop: () => stop.abort() };
  };
}

/** @type {Lane} */
export function poll(frame, sink) {
  const stop = new AbortController();
  const ask = async () => {
    const answer = await fetch(`/history?frame=${frame}&limit=1`, { cache: 'no-store', signal: stop.signal });
    const body = await answer.arrayBuffer();
    sink.cost(headerBytes(answer.headers) + body.byteLength, 1);
    if (answer.status !== 200) return sink.fail(`answered ${answer.status}`);
    const newest = parse(decoder.decode(body))?.pictures?.[0];
    if (newest) sink.picture(newest, performance.now(), body.byteLength);
  };
  const failed = () => { if (!stop.signal.aborted) sink.fail('lost'); };
  const first = ask().catch(failed);
  const timer = setInterval(() => ask().catch(failed), POLL_MS);
  return {
    ready: first,
    stop: () => {
      clearInterval(timer);
      stop.abort();
    },
  };
}

/** @param {Error} error */
function reason(error) { return error.message === CROWDED ? CROWDED : 'lost'; }

/** Nobody tells when a request that waits has been let in. */
function settled() {
  return new Promise((done) => { setTimeout(done, SETTLED_MS); });
}

/**
 * Calls take for each line that is complete and returns the rest.
 * @param {Uint8Array<ArrayBuffer>} all
 * @param {(line: Uint8Array) => void} take
 */
export function lines(all, take) {
  let from = 0;
  for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
    take(all.subarray(from, end));
    from = end + 1;
  }
  return all.slice(from);
}

/** @param {any} message an event as an object */
function named(message) { return { id: message.id, url: message.data.url }; }

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
