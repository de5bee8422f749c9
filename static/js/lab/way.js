// The way of a word as a drawing: up with a POST, down to every screen.

import { find, quote } from '../dom.js';
import { shape } from './lane.js';
import { failure, millis, publish } from './parts.js';
import { onWord } from './up.js';
import { parse } from './wire-log.js';

/** How long a packet is drawn on its way: slower than it was, or nobody would see it. */
const FLIGHT_MS = 450;

/** How many screens are drawn; of others the number is told. */
const DRAWN = 24;

/** Where screens are drawn, in the drawing's own measure. */
const FIELD = { left: 240, right: 795, top: 240, bottom: 395 };

/** The lower edge of the server, from which packets leave. */
const SERVER = { x: 400, y: 102 };

/** This browser's upper edge, where its own packet arrives. */
const HERE = { x: 150, y: 292 };

export class Way {
  #frame;
  #up;
  #screens = 0;
  /** Down to whom. @type {{x: number, y: number}[]} */
  #ends = [HERE];
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #photo = find('way-photo', HTMLImageElement);
  #said = find('way-said', HTMLElement);
  #newest = '';

  /**
   * @param {string} frame
   * @param {import('./wire.js').Wire} wire
   * @param {import('./up.js').Up} up
   */
  constructor(frame, wire, up) {
    this.#frame = frame;
    this.#up = up;
    wire.listen((block) => {
      const data = parse(block.data);
      if (block.event === 'presence') this.#watch(data.viewers);
      if (block.event === 'picture') this.#down(block.id ?? '', data);
      if (block.event === 'removed' && data.id === this.#newest) this.#empty('The host has taken the picture off.');
      if (block.event === 'reset') this.#empty('The frame was cleared.');
      if (block.event === 'seen' && data.id === this.#newest) this.#seen(data);
    });
    onWord('way-form', 'way-word', (word) => this.#post(word));
    this.#watch(1);
  }

  /** @param {string} word */
  async #post(word) {
    const line = document.getElementById('way-up');
    if (line instanceof SVGPathElement) this.#fly(line, 'up');
    const exchange = await publish(this.#frame, word);
    const why = failure(exchange);
    if (why) {
      this.#said.textContent = why;
      return;
    }
    this.#up.whenDown(exchange, (ahead) => {
      this.#said.textContent = `${quote(word)}: the POST was answered after ${millis(exchange.ended - exchange.began)}, the picture came down ${Math.abs(ahead).toFixed(1)} ms ${ahead >= 0 ? 'before' : 'after'} that.`;
    });
  }

  /**
   * @param {string} id
   * @param {{url: string, keyword: string}} picture
   */
  async #down(id, { url, keyword }) {
    this.#newest = id;
    this.#said.textContent = quote(keyword);
    for (const phone of document.querySelectorAll('#way-phones .phone')) phone.classList.remove('seen');
    const lines = [...document.querySelectorAll('#way-lines path')];
    await Promise.all(lines.map((line) => (line instanceof SVGPathElement ? this.#fly(line, 'down') : null)));
    if (id !== this.#newest) return; // a newer one is on its way
    this.#photo.src = url;
    this.#photo.alt = `A picture for ${quote(keyword)}`;
    this.#photo.hidden = false;
    for (const image of document.querySelectorAll('#way-phones image')) image.setAttribute('href', url);
  }

  /** @param {string} why */
  #empty(why) {
    this.#newest = '';
    this.#photo.hidden = true;
    this.#said.textContent = why;
    for (const image of document.querySelectorAll('#way-phones image')) image.removeAttribute('href');
  }

  /** @param {{screens: number, of: number, shown: {p50: number}}} receipts */
  #seen({ screens, of, shown }) {
    [...document.querySelectorAll('#way-phones .phone')].forEach((phone, i) => phone.classList.toggle('seen', i < screens));
    this.#count(`on ${screens} of ${of} screens, there and back in ${millis(shown.p50)} (median)`);
  }

  /** @param {number} viewers streams that are open on this frame */
  #watch(viewers) {
    if (viewers === this.#screens) return;
    this.#screens = viewers;
    this.#count('');
    const others = Math.min(Math.max(0, viewers - 1), DRAWN);
    const places = arrange(others);
    this.#ends = [HERE, ...places.map(({ x, y }) => ({ x, y }))];
    group('way-lines').replaceChildren(...this.#ends.map(({ x, y }) => shape('path', {
      class: 'way-line down', d: `M${SERVER.x} ${SERVER.y}C${SERVER.x} ${(SERVER.y + y) / 2} ${x} ${(SERVER.y + y) / 2} ${x} ${y}`,
    })));
    document.getElementById('way-none')?.toggleAttribute('hidden', others > 0);
    const shown = this.#photo.hidden ? '' : this.#photo.src;
    group('way-phones').replaceChildren(...places.map(({ x, y, width, height }) => {
      const phone = shape('g', { class: 'phone' });
      phone.append(shape('rect', { x: x - width / 2, y, width, height, rx: width / 8 }),
        shape('image', { href: shown, x: x - width / 2 + 3, y: y + 4, width: width - 6, height: height - 8, preserveAspectRatio: 'xMidYMid slice' }));
      return phone;
    }));
  }

  /** @param {string} seen */
  #count(seen) {
    const beyond = Math.max(0, this.#screens - 1 - DRAWN);
    const streams = `${this.#screens.toLocaleString()} ${this.#screens === 1 ? 'stream is' : 'streams are'} open on this frame${beyond ? `, ${beyond} of them not drawn` : ''}.`;
    find('way-count', HTMLElement).textContent = seen ? `${streams} The last picture is ${seen}.` : streams;
  }

  /**
   * Draws a packet along a line.
   * @param {SVGPathElement} line
   * @param {string} kind
   */
  #fly(line, kind) {
    line.classList.add('lit');
    const length = line.getTotalLength();
    const packet = shape('circle', { class: `packet ${kind}`, r: 9 });
    if (!this.#still.matches) group('way-packets').append(packet);
    const began = performance.now();
    return new Promise((done) => {
      const over = () => {
        packet.remove();
        line.classList.remove('lit');
        done(null);
      };
      const late = setTimeout(over, 2 * FLIGHT_MS); // a tab that is hidden draws nothing
      const step = () => {
        const part = (performance.now() - began) / FLIGHT_MS;
        if (part >= 1) {
          clearTimeout(late);
          over();
          return;
        }
        const { x, y } = line.getPointAtLength(part * length);
        packet.setAttribute('cx', String(x));
        packet.setAttribute('cy', String(y));
        requestAnimationFrame(step);
      };
      step();
    });
  }
}

/** @param {string} id */
function group(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The drawing lacks #${id}.`);
  return element;
}

/**
 * Places n screens in rows, as large as they can be. x is the middle.
 * @param {number} n
 * @returns {{x: number, y: number, width: number, height: number}[]}
 */
export function arrange(n) {
  const rows = n <= 8 ? 1 : n <= 16 ? 2 : 3;
  const columns = Math.ceil(n / rows);
  const room = { width: (FIELD.right - FIELD.left) / columns, height: (FIELD.bottom - FIELD.top) / rows };
  const height = Math.min(room.height - 8, 130);
  const width = Math.min(height * 0.56, room.width - 8);
  return Array.from({ length: n }, (_, i) => ({
    x: FIELD.left + ((i % columns) + 0.5) * room.width,
    y: FIELD.top + Math.floor(i / columns) * room.height,
    width, height,
  }));
}
