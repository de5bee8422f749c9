// The wave: what the receipts of the last pictures say, and this page's own.

import { find, make, quote } from '../dom.js';
import { Receipts } from '../receipts.js';
import { anyWord, failure, millis, publish } from './parts.js';
import { onWord } from './up.js';
import { parse } from './wire-log.js';

/** How many pictures stay listed. */
const ROWS = 12;

/** The chart is at least this wide, in ms. */
const LEAST_MS = 100;

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
 * @property {Record<'arrived'|'shown'|'own', HTMLElement>} bars
 * @property {Seen|null} seen
 * @property {number} own what this page took from arrival to appearance, in ms
 */

export class Wave {
  #frame;
  /** The same as of a frame's page, so that this browser counts as one screen. */
  #receipts;
  /** Newest first. @type {Row[]} */
  #rows = [];
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
    this.#ten.disabled = true;
    for (let i = 0; i < TEN && (await this.#hang(anyWord())); i++) {
      if (i + 1 < TEN) await new Promise((done) => { setTimeout(done, APART_MS); });
    }
    this.#ten.disabled = false;
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
  }

  /**
   * @param {import('../picture.js').Picture} picture
   * @param {number} at
   */
  #add(picture, at) {
    const { id = '', url, keyword } = picture;
    const bars = { arrived: make('i', { className: 'reach arrived' }), shown: make('i', { className: 'reach shown' }), own: make('i', { className: 'own' }) };
    const text = make('span', { className: 'wave-text', textContent: 'waiting for receipts' });
    const element = make('li', { className: 'wave-row' }, make('img', { src: url, alt: '' }), make('b', { textContent: keyword }),
      make('span', { className: 'track', ariaHidden: 'true' }, bars.arrived, bars.shown, bars.own), text);
    const row = { id, element, text, bars, seen: null, own: 0 };
    this.#rows.unshift(row);
    const list = find('wave-rows', HTMLElement);
    list.prepend(element);
    for (const old of this.#rows.splice(ROWS)) old.element.remove();
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
    row.seen = seen;
    if (row === this.#rows[0]) {
      find('wave-big', HTMLElement).textContent = `on ${seen.screens.toLocaleString()} of ${seen.of.toLocaleString()} screens, there and back in ${millis(seen.shown.p50)} (median)`;
    }
    this.#draw();
  }

  #draw() {
    const scale = scaleOf(this.#rows.flatMap(({ seen, own }) => [own, seen?.shown.p95 ?? 0, seen?.arrived.p95 ?? 0]));
    find('wave-half', HTMLElement).textContent = millis(scale / 2);
    find('wave-full', HTMLElement).textContent = millis(scale);
    for (const { seen, own, bars, text } of this.#rows) {
      const place = (/** @type {HTMLElement} */ bar, /** @type {Percentiles} */ { p50, p95 }) => {
        bar.style.setProperty('--from', `${(p50 / scale) * 100}%`);
        bar.style.setProperty('--to', `${(p95 / scale) * 100}%`);
      };
      if (own) place(bars.own, { p50: own, p95: own });
      bars.own.hidden = !own;
      if (!seen) continue;
      place(bars.arrived, seen.arrived);
      place(bars.shown, seen.shown);
      text.textContent = `${seen.screens} of ${seen.of}: arrived ${millis(seen.arrived.p50)}, shown ${millis(seen.shown.p50)}, 95 % ${millis(seen.shown.p95)}`;
    }
  }
}

/**
 * A round number of ms that is not below any of these.
 * @param {number[]} values
 */
export function scaleOf(values) {
  const most = Math.max(LEAST_MS, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find((n) => n * power >= most) ?? 10) * power;
}
