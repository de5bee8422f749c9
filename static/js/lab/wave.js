// The wave: what the receipts of the last pictures say, and this page's own.

import { find, make, quote } from '../dom.js';
import { Receipts } from '../receipts.js';
import { anyWord, enable, failure, millis, publish } from './parts.js';
import { onWord } from './up.js';
import { Chart } from './wave-chart.js';
import { feed } from './wave-feed.js';
import { parse } from './wire-log.js';

/** How many pictures stay listed. */
const ROWS = 12;

/** Pictures of "Hang ten", and the time between two: a wave has to be seen. */
const TEN = 10;
const APART_MS = 1700;

/** @typedef {{p50: number, p95: number}} Percentiles in ms */
/** @typedef {{id: string, screens: number, of: number, arrived: Percentiles, shown: Percentiles}} Seen */

/**
 * A picture and what is known of its way.
 * @typedef {object} Row
 * @property {string} id
 * @property {HTMLElement} element
 * @property {HTMLElement} text
 * @property {boolean} told whether the server has told of its screens
 * @property {number} own what this page took from arrival to appearance, in ms
 */

export class Wave {
  #frame;
  /** The same as of a frame's page, so that this browser counts as one screen. */
  #receipts;
  /** Newest first. @type {Row[]} */
  #rows = [];
  /** Receipts in their buckets, by the picture's id. @type {Map<string, import('./wave-feed.js').Wave>} */
  #waves = new Map();
  #chart = new Chart();
  #photo = find('wave-photo', HTMLImageElement);
  #ten = find('wave-ten', HTMLButtonElement);

  /**
   * @param {string} frame
   * @param {import('./wire.js').Wire} wire
   */
  constructor(frame, wire) {
    this.#frame = frame;
    this.#receipts = new Receipts({ frame, sample: 1 });
    wire.listen((block, at) => {
      const data = parse(block.data);
      if (block.event === 'presence') this.#receipts.sample = data.sample ?? 1;
      if (block.event === 'picture' && wire.isLive(at)) {
        this.#receipts.arrived({ ...data, id: block.id }, true);
        this.#add({ ...data, id: block.id }, at);
      }
      if (block.event === 'seen') this.#count(data);
      if (block.event === 'removed') this.#forget(data.id);
      if (block.event === 'reset') this.#rows.map(({ id }) => id).forEach((id) => this.#forget(id));
    });
    feed(frame, find('wave', HTMLElement), (wave) => this.#fill(wave), (why) => { find('wave-why', HTMLElement).textContent = why && `It does not fill: ${why}.`; });
    onWord('wave-form', 'wave-word', (word) => this.#hang(word));
    this.#ten.addEventListener('click', () => this.#hangTen());
  }

  /** @param {string} word */
  async #hang(word) {
    const why = failure(await publish(this.#frame, word));
    const answer = find('wave-answer', HTMLElement);
    answer.dataset.kind = why ? 'bad' : '';
    answer.textContent = why;
    return !why;
  }

  async #hangTen() {
    enable(this.#ten, false);
    for (let i = 0; i < TEN && (await this.#hang(anyWord())); i++) {
      if (i + 1 < TEN) await new Promise((done) => { setTimeout(done, APART_MS); });
    }
    enable(this.#ten, true);
  }

  /** A picture is no longer there. @param {string} id */
  #forget(id) {
    const [row] = this.#rows;
    if (row?.id === id) {
      this.#photo.hidden = true;
      find('wave-big', HTMLElement).textContent = 'No receipt yet.';
    }
    this.#rows.find((each) => each.id === id)?.element.remove();
    this.#rows = this.#rows.filter((each) => each.id !== id);
    this.#draw();
  }

  /**
   * @param {import('../picture.js').Picture} picture
   * @param {number} at
   */
  #add(picture, at) {
    const { id = '', url, keyword } = picture;
    const text = make('span', { className: 'wave-text', textContent: 'waiting for receipts' });
    const element = make('li', { className: 'wave-row' }, make('img', { src: url, alt: '' }), make('b', { textContent: keyword }), text);
    const row = { id, element, text, told: false, own: 0 };
    this.#rows.unshift(row);
    const list = find('wave-rows', HTMLElement);
    list.prepend(element);
    for (const old of this.#rows.splice(ROWS)) old.element.remove();
    this.#draw();
    this.#show(row, picture, at);
  }

  /**
   * Shows a picture, as a frame's page does, and says so to the server.
   * @param {Row} row
   * @param {import('../picture.js').Picture} picture
   * @param {number} at when its event came
   */
  async #show(row, picture, at) {
    const { url, keyword } = picture;
    const image = new Image();
    image.src = url;
    try {
      await image.decode();
    } catch {
      return; // what is not shown is not seen
    }
    if (this.#rows[0] !== row || document.visibilityState !== 'visible') return;
    this.#photo.src = url;
    this.#photo.alt = `A picture for ${quote(keyword)}`;
    this.#photo.hidden = false;
    this.#receipts.shown(picture);
    await new Promise((done) => { requestAnimationFrame(done); });
    row.own = Math.max(0, performance.now() - at);
    this.#draw();
  }

  /** @param {Seen} seen */
  #count(seen) {
    const row = this.#rows.find(({ id }) => id === seen.id);
    if (!row) return;
    row.text.textContent = `${seen.screens} of ${seen.of}: arrived ${millis(seen.arrived.p50)}, shown ${millis(seen.shown.p50)}, 95 % ${millis(seen.shown.p95)}`;
    row.told = true;
    if (row === this.#rows.find(({ told }) => told)) { // the newest that is known of
      find('wave-big', HTMLElement).textContent = `on ${seen.screens.toLocaleString()} of ${seen.of.toLocaleString()} screens, there and back in ${millis(seen.shown.p50)} (median)`;
    }
  }

  /** Receipts have come. The stream may be ahead of the picture's. @param {import('./wave-feed.js').Wave} wave */
  #fill(wave) {
    this.#waves.set(wave.id, wave);
    for (const id of this.#waves.keys()) {
      if (this.#waves.size > 2 * ROWS) this.#waves.delete(id);
    }
    this.#draw();
  }

  #draw() {
    const [newest, ...before] = this.#rows.map(({ id }) => this.#waves.get(id));
    this.#chart.draw(newest, before.flatMap((wave) => wave ?? []), this.#rows[0]?.own ?? 0);
    find('wave-sum', HTMLElement).textContent = newest ? sum(newest) : '';
  }
}

/** How many screens a picture is on, as a sum. @param {import('./wave-feed.js').Wave} wave */
export function sum({ receipts, sample, of }) {
  const most = Math.max(of, receipts); // whoever came in the moment of the broadcast is one more
  return `${receipts} ÷ ${sample.toLocaleString()} = ${Math.min(Math.round(receipts / sample), most).toLocaleString()} of ${most.toLocaleString()}`;
}
