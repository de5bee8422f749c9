// The race: one POST, the same picture down five ways.

import { find, make, quote } from '../dom.js';
import * as lanes from './lanes.js';
import { anyWord, begin, bytes, enable, failure, millis, publish } from './parts.js';

/** How long a round waits for its last lane. */
const ROUND_MS = 10_000;

/** How many earlier rounds stay as dots. */
const ROUNDS = 12;

/** The scale begins at this and grows with what it has to show. */
const SCALE_MS = 2000;

/**
 * One lane's row and what it has measured.
 * @typedef {object} Row
 * @property {string} name
 * @property {import('./lanes.js').Lane} open
 * @property {HTMLTableRowElement} element
 * @property {HTMLElement} track
 * @property {HTMLElement} bar
 * @property {HTMLElement} latency
 * @property {HTMLElement} size
 * @property {HTMLElement} total
 * @property {number[]} rounds latency of each, in ms
 * @property {number} down bytes
 * @property {number} requests
 * @property {string} trouble
 * @property {Map<string, {url: string, at: number, size: number}>} arrivals by the event's id
 */

export class Race {
  #frame;
  /** @type {Row[]} */
  #rows;
  /** @type {(() => void)[]} */
  #open = [];
  #busy = false;
  /** Ends the wait for the lanes. */
  #giveUp = () => {};
  #headerUp = 0;
  /** Called when a picture has come down some lane. */
  #arrived = () => {};

  /**
   * @param {string} frame
   * @param {import('./wire.js').Wire} wire
   */
  constructor(frame, wire) {
    this.#frame = frame;
    const body = find('race-lanes', HTMLElement);
    this.#rows = [
      row('Server-Sent Events', 'this page’s wire', lanes.sse(wire)),
      row('WebSocket', 'a protocol of its own', lanes.ws),
      row('NDJSON', 'a response, a line each', lanes.ndjson),
      row('Long poll', 'asks, and is let wait', lanes.longPoll(wire)),
      row('Polling', 'asks every 2 s', lanes.poll),
    ];
    body.append(...this.#rows.map((each) => each.element));
    find('race-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#busy) this.#run();
    });
    find('race-stop', HTMLButtonElement).addEventListener('click', this.#stop);
    setInterval(() => this.#totals(), 500);
  }

  async #run() {
    this.#busy = true;
    const go = find('race-go', HTMLButtonElement);
    enable(go, false);
    const input = find('race-word', HTMLInputElement);
    const word = input.value.trim() || anyWord();
    input.value = '';
    input.placeholder = word;
    this.#say('', 'On your marks …');
    const stopped = new Promise((done) => { this.#giveUp = () => done('stopped'); });
    // A lane that is closed before it is open is never ready.
    if (await Promise.race([this.#start(), stopped]) === 'stopped') this.#say('', 'Stopped before the start.');
    else await this.#round(word);
    enable(go, true);
    this.#busy = false;
  }

  async #start() {
    begin(this.#stop);
    if (this.#open.length > 0) return;
    find('race-stop', HTMLButtonElement).disabled = false;
    for (const each of this.#rows) Object.assign(each, { down: 0, requests: 0, trouble: '' });
    const hop = await fetch('/lab/hop', { cache: 'no-store' }).then((answer) => answer.json()).catch(() => null);
    this.#headerUp = hop?.header_bytes ?? 0;
    if (find('race-stop', HTMLButtonElement).disabled) return; // stopped meanwhile
    const opened = this.#rows.map((each) => each.open(this.#frame, {
      picture: ({ id, url }, at, size) => {
        if (!each.arrivals.has(id)) each.arrivals.set(id, { url, at, size });
        this.#arrived();
      },
      cost: (down, requests) => {
        each.down += down;
        each.requests += requests;
      },
      fail: (why) => { each.trouble = why; },
    }));
    this.#open = opened.map((each) => each.stop);
    await Promise.all(opened.map((each) => each.ready));
  }

  #stop = () => {
    for (const close of this.#open) close();
    this.#open = [];
    enable(find('race-stop', HTMLButtonElement), false);
    this.#giveUp();
  };

  /** @param {string} word */
  async #round(word) {
    const before = new Set(this.#rows.flatMap((each) => [...each.arrivals.keys()]));
    for (const each of this.#rows) {
      each.latency.textContent = '…';
      each.element.dataset.done = 'false';
    }
    const exchange = await publish(this.#frame, word);
    const why = failure(exchange);
    if (why) {
      for (const each of this.#rows) each.latency.textContent = '–';
      this.#say('bad', why);
      return;
    }
    const url = exchange.json.url;
    this.#say('', `${quote(word)}: the POST itself was answered after ${millis(exchange.ended - exchange.began)}. All times include the search.`);
    const id = await this.#everybody(url, before);
    for (const each of this.#rows) {
      const arrival = each.arrivals.get(id);
      if (arrival) each.rounds = [...each.rounds, arrival.at - exchange.began].slice(-ROUNDS);
      each.element.dataset.done = String(Boolean(arrival));
      each.latency.classList.toggle('trouble', !arrival);
      each.latency.textContent = arrival ? millis(arrival.at - exchange.began) : each.trouble || 'did not come';
      if (each.rounds.length > 1) each.latency.append(make('span', { className: 'quiet', textContent: `median ${millis(median(each.rounds))}` }));
      each.size.textContent = arrival ? bytes(arrival.size) : '–';
    }
    this.#draw();
  }

  /**
   * Waits until a new event with this picture has come down every lane. A word
   * that has one picture only brings the same address again, so it is the id
   * that tells rounds apart.
   * @param {string} url
   * @param {Set<string>} before the ids of earlier rounds
   * @returns {Promise<string>} its id, "" when it came nowhere
   */
  #everybody(url, before) {
    return new Promise((done) => {
      let id = '';
      const late = setTimeout(() => done(id), ROUND_MS);
      this.#arrived = () => {
        for (const { arrivals } of this.#rows) {
          for (const [each, arrival] of arrivals) if (arrival.url === url && !before.has(each)) id = each;
        }
        if (!id || !this.#rows.every((each) => each.arrivals.has(id) || each.trouble)) return;
        clearTimeout(late);
        this.#arrived = () => {};
        done(id);
      };
      this.#arrived();
    });
  }

  #draw() {
    const longest = Math.max(SCALE_MS, ...this.#rows.flatMap((each) => each.rounds));
    const scale = Math.ceil(longest / 1000) * 1000;
    find('race-half', HTMLElement).textContent = `${scale / 2000} s`;
    find('race-full', HTMLElement).textContent = `${scale / 1000} s`;
    const first = Math.min(...this.#rows.map((each) => each.rounds.at(-1) ?? Infinity));
    for (const { rounds, bar, track } of this.#rows) {
      const last = rounds.at(-1) ?? 0;
      bar.style.setProperty('--to', `${(last / scale) * 100}%`);
      bar.style.setProperty('--edge', `${last ? (first / last) * 100 : 0}%`);
      track.querySelectorAll('.dot').forEach((dot) => dot.remove());
      for (const ms of rounds.slice(0, -1)) {
        const dot = make('i', { className: 'dot' });
        dot.style.setProperty('--at', `${(ms / scale) * 100}%`);
        track.append(dot);
      }
    }
  }

  #totals() {
    for (const each of this.#rows) {
      if (each.down === 0) continue;
      const up = each.requests * this.#headerUp;
      each.total.textContent = each.requests
        ? `${bytes(each.down)} down, ${bytes(up)} up in ${each.requests} ${each.requests === 1 ? 'request' : 'requests'}`
        : `${bytes(each.down)} down`;
    }
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  #say(kind, text) {
    const answer = find('race-answer', HTMLElement);
    answer.dataset.kind = kind;
    answer.textContent = text;
  }
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/**
 * @param {string} name
 * @param {string} note
 * @param {import('./lanes.js').Lane} open
 * @returns {Row}
 */
function row(name, note, open) {
  const bar = make('i', { className: 'bar' });
  const track = make('div', { className: 'track', ariaHidden: 'true' }, bar);
  const cells = [0, 1, 2].map(() => make('td', { textContent: '–' }));
  const [latency, size, total] = /** @type {[HTMLElement, HTMLElement, HTMLElement]} */ (/** @type {unknown} */ (cells));
  latency.className = 'latency';
  size.className = 'figure aside-cell';
  total.className = 'total aside-cell';
  const element = make('tr', {},
    make('th', { scope: 'row' }, name, make('span', { className: 'quiet', textContent: note })),
    make('td', { className: 'chart' }, track), ...cells);
  return { name, open, element, track, bar, latency, size, total, rounds: [], down: 0, requests: 0, trouble: '', arrivals: new Map() };
}
