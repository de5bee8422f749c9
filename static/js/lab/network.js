// Is my network honest? Measures, and leaves the judging to verdict.js.

import { find, make } from '../dom.js';
import { Blocks } from './blocks.js';
import { hop } from './hop.js';
import { lines } from './lanes.js';
import { CROWDED, begin, enable, room, seconds, socket } from './parts.js';
import { download } from './replay.js';
import { fromFragment, makeReport, toFragment } from './report.js';
import * as verdict from './verdict.js';

/** Lines of the counting stream. */
const LINES = 5;

/** The message that goes to the wall and back. */
const HELLO = 'honest?';

/** A WebSocket that has said nothing after this long will not. */
const SOCKET_MS = 8000;

export class Network {
  /** @type {AbortController|null} */
  #running = null;
  /** @type {AbortController|null} */
  #idling = null;
  #proxy = '';
  /** Whether the server is told the host that the browser asked for. */
  #hostKept = true;
  /** What was found, by the check's name. @type {import('./report.js').Report['checks']} */
  #found = {};
  #measured = new Date();

  constructor() {
    find('report-link', HTMLButtonElement).addEventListener('click', () => this.#link());
    find('report-json', HTMLButtonElement).addEventListener('click', () => {
      download('network-report.json', new Blob([`${JSON.stringify(this.#report, null, 2)}\n`], { type: 'application/json' }));
    });
    received();
    addEventListener('hashchange', received);
    find('measure', HTMLButtonElement).addEventListener('click', () => this.#measure());
    find('idle-go', HTMLButtonElement).addEventListener('click', () => this.#idle());
  }

  async #measure() {
    begin(this.#stop);
    const running = new AbortController();
    this.#running = running;
    const button = find('measure', HTMLButtonElement);
    const state = find('measure-state', HTMLElement);
    enable(button, false);
    state.textContent = 'Measuring …';
    for (const id of ['check-stream', 'check-version', 'check-socket']) pending(id);
    try {
      await this.#version(running.signal);
      await Promise.all([this.#stream(running.signal), this.#socket()]);
      state.textContent = `Measured at ${new Date().toLocaleTimeString()}.`;
    } catch (error) {
      state.textContent = running.signal.aborted ? 'Stopped: another experiment has begun.' : `The server could not be reached: ${String(error)}`;
    }
    enable(button, true);
  }

  #stop = () => { this.#running?.abort(); };

  get #report() { return makeReport(location.origin, this.#measured, navigator.userAgent, this.#found); }

  /**
   * Shows what a check found, and keeps it for the report.
   * @param {string} name
   * @param {verdict.Verdict} result
   * @param {Record<string, any>} measurements
   */
  #conclude(name, result, measurements) {
    show(`check-${name}`, result);
    this.#found[name] = { ...result, measurements };
    this.#measured = new Date();
    for (const id of ['report-link', 'report-json']) find(id, HTMLButtonElement).disabled = false;
    find('report-from', HTMLElement).hidden = true;
  }

  /** Copies the report's address, or shows it where there is no clipboard. */
  async #link() {
    const address = `${location.origin}/lab${toFragment(this.#report)}`;
    const button = find('report-link', HTMLButtonElement);
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = label; }, 2000);
    } catch {
      const from = find('report-from', HTMLElement);
      from.replaceChildren(make('a', { href: address, textContent: 'This link is the report: copy its address.' }));
      from.hidden = false;
    }
  }

  /** @param {AbortSignal} signal */
  async #version(signal) {
    const { headers, ...said } = await hop(signal);
    this.#proxy = verdict.proxyOf((name) => headers.get(name) ?? '') || (said.forwarded || said.via ? 'a proxy' : '');
    this.#hostKept = said.host_kept;
    this.#conclude('version', verdict.version(said.here, said.proto, this.#proxy), { browser_speaks: said.here, server_hears: said.proto, via: said.via, forwarded: said.forwarded, host_kept: said.host_kept, proxy: this.#proxy });
  }

  /** @param {AbortSignal} signal */
  async #stream(signal) {
    const began = performance.now();
    /** @type {number[]} */
    const arrivals = [];
    const answer = await fetch('/lab/count', { cache: 'no-store', signal });
    if (!answer.body) throw new Error('no body');
    const reader = answer.body.getReader();
    for (let rest = new Uint8Array(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      const at = performance.now() - began;
      const all = new Uint8Array(rest.length + value.length);
      all.set(rest);
      all.set(value, rest.length);
      rest = lines(all, () => arrivals.push(at));
      tick(arrivals);
    }
    this.#conclude('stream', verdict.streaming(arrivals, LINES, this.#proxy), { sent_apart_ms: 1000, arrived_after_ms: arrivals.map(Math.round) });
  }

  async #socket() {
    const line = socket('/lab/wall');
    /** @type {{greeted: boolean, ms: number, code: number}} */
    const result = await new Promise((done) => {
      let sent = 0;
      const late = setTimeout(() => line.close(), SOCKET_MS);
      line.onmessage = ({ data }) => {
        if (!String(data).endsWith(HELLO)) {
          sent = performance.now();
          line.send(HELLO);
          return;
        }
        clearTimeout(late);
        done({ greeted: true, ms: performance.now() - sent, code: 0 });
        line.close();
      };
      line.onclose = ({ code }) => done({ greeted: false, ms: 0, code });
    });
    this.#conclude('socket', verdict.sockets({ ...result, hostKept: this.#hostKept }, this.#proxy), { there_and_back_ms: result.ms, close_code: result.code });
  }

  /** Holds a stream that says nothing, beside whatever else runs. */
  async #idle() {
    const button = find('idle-go', HTMLButtonElement);
    if (this.#idling) {
      this.#idling.abort();
      return;
    }
    const idling = new AbortController();
    this.#idling = idling;
    const held = await room(() => idling.abort());
    if (!held || idling.signal.aborted) {
      this.#idling = null;
      held?.release();
      say('check-idle', held ? '' : 'bad', held ? 'Stopped by you.' : CROWDED);
      return;
    }
    button.textContent = 'Stop';
    const wanted = Number(find('idle-for', HTMLSelectElement).value) * 1000;
    let heard = performance.now();
    const count = setInterval(() => {
      say('check-idle', '', `Silent for ${((performance.now() - heard) / 1000).toFixed(1)} s …`);
    }, 100);
    let ended = false;
    try {
      const answer = await fetch(`/lab/quiet?seconds=${wanted / 1000}`, { cache: 'no-store', signal: idling.signal });
      if (answer.status !== 200 || !answer.body) throw new Error(`answered ${answer.status}`);
      const blocks = new Blocks();
      const reader = answer.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        for (const block of blocks.push(value)) {
          if (block.event === 'quiet') heard = performance.now();
          ended ||= block.event === 'done';
        }
      }
    } catch {
      // That it was cut is the result.
    }
    held.release();
    clearInterval(count);
    this.#idling = null;
    button.textContent = 'Wait';
    const lived = performance.now() - heard;
    if (idling.signal.aborted) say('check-idle', '', `Stopped by you after ${seconds(lived)}.`);
    else this.#conclude('idle', verdict.idle({ lived, wanted, done: ended }, this.#proxy), { silent_for_ms: Math.round(lived), tried_ms: wanted });
  }
}

/** @param {string} id */
function part(id, /** @type {string} */ selector) {
  const element = find(id, HTMLElement).querySelector(selector);
  if (!element) throw new Error(`The check ${id} lacks ${selector}.`);
  return element;
}

/** Shows the report in the page's address, if there is one, in place of measurements. */
function received() {
  const report = fromFragment(location.hash);
  if (!report) return;
  for (const [name, check] of Object.entries(report.checks)) {
    if (document.getElementById(`check-${name}`)) show(`check-${name}`, check);
  }
  const from = find('report-from', HTMLElement);
  from.textContent = `A report on ${report.server}, measured at ${report.measured} with ${report.browser}. Nothing below was measured in this browser.`;
  from.hidden = false;
  find('network', HTMLElement).scrollIntoView();
}

/** @param {string} id */
function pending(id) {
  say(id, '', 'measuring …');
  part(id, '.advice').replaceChildren();
}

/**
 * @param {string} id
 * @param {string} kind
 * @param {string} text
 */
function say(id, kind, text) {
  find(id, HTMLElement).dataset.kind = kind;
  part(id, '.verdict').textContent = text;
}

/**
 * @param {string} id
 * @param {verdict.Verdict} result
 */
function show(id, { kind, text, advice }) {
  say(id, kind, text);
  part(id, '.advice').replaceChildren(...advice.map((textContent) => make('p', { textContent })));
}

/** Draws a tick for each line, on a scale of five seconds. @param {number[]} arrivals */
function tick(arrivals) {
  const svg = part('check-stream', '.ticks');
  svg.replaceChildren(...arrivals.map((ms) => {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', `M${Math.min(99.5, 0.5 + ms / 50).toFixed(2)} 0v12`);
    return line;
  }));
  svg.setAttribute('aria-label', `Lines arrived after ${arrivals.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ')}`);
}
