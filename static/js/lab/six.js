// Six connections: seven streams that are each opened by itself, and seven of the
// frame's own transport, which share one.

import { find, make } from '../dom.js';
import { connect } from '../transport/index.js';
import { hop } from './hop.js';
import { anyWord, begin, enable, failure, millis, publish, seconds } from './parts.js';

const STREAMS = 7;

/** How long the naive ones are watched. */
const WATCH_MS = 6000;

/** When a plain request is made beside them. */
const ASK_MS = 1000;

/** How long the others may take. */
const SHARED_MS = 15_000;

export class Six {
  #frame;
  #wire;
  #go = find('six-go', HTMLButtonElement);
  #halt = find('six-stop', HTMLButtonElement);
  /** @type {AbortController|null} */
  #running = null;

  /**
   * @param {string} frame
   * @param {import('./wire.js').Wire} wire
   */
  constructor(frame, wire) {
    this.#frame = frame;
    this.#wire = wire;
    this.#go.addEventListener('click', () => this.#run());
    this.#halt.addEventListener('click', this.#stop);
    for (const side of ['naive', 'ours']) rows(side, 'not open');
  }

  #stop = () => { this.#running?.abort(); };

  async #run() {
    begin(this.#stop);
    const running = new AbortController();
    this.#running = running;
    enable(this.#halt, true);
    enable(this.#go, false, this.#halt);
    for (const side of ['naive', 'ours']) sum(side, '–');
    try {
      const { here } = await hop(running.signal);
      find('six-version', HTMLElement).textContent = version(here);
      this.#wire.stop(); // it would be one of the six
      say('Seven naive streams …');
      await this.#naive(running.signal);
      if (!running.signal.aborted) {
        say('Seven that share …');
        await this.#ours(running.signal);
      }
      say(running.signal.aborted ? 'Stopped.' : 'Done: compare the two.');
    } catch (error) {
      say(running.signal.aborted ? 'Stopped.' : `The server could not be reached: ${String(error)}`);
    }
    this.#wire.start();
    enable(this.#go, true);
    enable(this.#halt, false, this.#go);
  }

  /** @param {AbortSignal} signal */
  async #naive(signal) {
    const list = rows('naive', 'waits');
    const began = performance.now();
    const opened = list.map(() => 0);
    const sources = list.map((row, i) => {
      const source = new EventSource(`/lab/time?stream=${i + 1}`);
      let events = 0;
      source.addEventListener('open', () => { opened[i] ||= performance.now() - began; });
      source.addEventListener('time', () => row.say('good', `open after ${millis(opened[i] ?? 0)}, ${++events} events`));
      source.addEventListener('error', () => {
        source.close();
        opened[i] = -1;
        row.say('bad', 'refused by the server');
      });
      return source;
    });
    const request = new AbortController();
    const asked = { at: 0, took: 0 };
    const ask = setTimeout(async () => {
      asked.at = performance.now();
      await fetch('/healthz', { cache: 'no-store', signal: request.signal }).then(() => { asked.took = performance.now() - asked.at; }, () => {});
    }, ASK_MS);
    const count = setInterval(() => {
      const now = performance.now() - began;
      list.forEach((row, i) => { if (!opened[i]) row.say('bad', `has waited for ${seconds(now)}`); });
    }, 100);
    await pause(WATCH_MS, signal);
    clearInterval(count);
    clearTimeout(ask);
    const waited = performance.now() - asked.at;
    request.abort();
    for (const source of sources) source.close();
    const got = opened.filter((ms) => ms > 0).length;
    const beside = !asked.at ? '' : asked.took ? ` A plain request beside them was answered after ${millis(asked.took)}.` : ` A plain request beside them waited, too: for ${seconds(waited)}, in vain.`;
    sum('naive', `${got} of ${STREAMS} opened.${beside}`);
  }

  /** @param {AbortSignal} signal */
  async #ours(signal) {
    const list = rows('ours', 'connecting');
    const tabs = list.map(() => connect({ frame: this.#frame }));
    const live = Promise.all(tabs.map((tab, i) => new Promise((done) => {
      const began = performance.now();
      tab.addEventListener('state', (event) => {
        const { state, transport, leader } = /** @type {CustomEvent} */ (event).detail;
        if (state !== 'live') return;
        list[i]?.say('good', leader ? `holds the one connection (${transport}), after ${millis(performance.now() - began)}` : `is told by it, after ${millis(performance.now() - began)}`);
        done(null);
      });
    })));
    await Promise.race([live, pause(SHARED_MS, signal)]);
    let heard = 0;
    let sent = 0;
    const all = Promise.all(tabs.map((tab, i) => new Promise((done) => {
      tab.addEventListener('picture', (event) => {
        if (!sent || !(/** @type {CustomEvent} */ (event).detail.live)) return;
        heard++;
        list[i]?.say('good', `the picture after ${millis(performance.now() - sent)}`);
        done(null);
      });
    })));
    await pause(REPLAYED_MS, signal);
    if (!signal.aborted) {
      sent = performance.now();
      const exchange = await publish(this.#frame, anyWord());
      if (exchange.status === 200) await Promise.race([all, pause(SHARED_MS, signal)]);
      sum('ours', failure(exchange) || `${heard} of ${STREAMS} have the picture that was POSTed, over one connection. The POST beside them was answered after ${millis(exchange.ended - exchange.began)}.`);
    }
    for (const tab of tabs) tab.close();
  }
}

/** A transport takes what comes this soon for a replay, not for news. */
const REPLAYED_MS = 1200;

/** @param {string} here what the browser speaks */
function version(here) {
  const streams = /** @type {Record<string, string>} */ ({ h2: 'HTTP/2', h3: 'HTTP/3' })[here];
  if (streams) {
    return `This page came over ${streams}, where all streams to a host share one connection: there is no limit of six, so it cannot be shown here. It shows with “go run .” on your own machine, at http://localhost:8080/lab#six.`;
  }
  return here ? '' : 'The browser does not say whether it speaks HTTP/1.1 to this host. Over HTTP/2 there is no limit of six to be shown.';
}

/** @param {string} text */
function say(text) { find('six-answer', HTMLElement).textContent = text; }

/**
 * @param {string} side
 * @param {string} text
 */
function sum(side, text) { find(`six-${side}-sum`, HTMLElement).textContent = text; }

/**
 * Makes a side's rows anew.
 * @param {string} side
 * @param {string} text
 */
function rows(side, text) {
  const list = Array.from({ length: STREAMS }, (_, i) => {
    const said = make('span', { textContent: text });
    const element = make('li', { className: 'six-row' }, make('b', { textContent: String(i + 1) }), said);
    return {
      element,
      /** @param {string} kind @param {string} words */
      say: (kind, words) => {
        element.dataset.kind = kind;
        said.textContent = words;
      },
    };
  });
  find(`six-${side}`, HTMLElement).replaceChildren(...list.map(({ element }) => element));
  return list;
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal ends it early
 */
function pause(ms, signal) {
  return new Promise((done) => {
    const timer = setTimeout(() => done(null), ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done(null);
    });
  });
}
