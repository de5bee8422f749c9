// The wave as a histogram: how many receipts took how long. Arrived grows up from
// the middle, shown down; the newest picture's are next to it, the others' behind.

import { find, make } from '../dom.js';
import { millis } from './parts.js';

/** Each is a twentieth of the scale wide; what is longer goes into one more. */
const COLUMNS = 20;

/** The chart is at least this wide, in ms. */
const LEAST_MS = 100;

/** So many of the receipts fit on the scale. */
const FITS = 0.95;

/**
 * A bucket of the server's: from, to in ms, and the receipts in it.
 * @typedef {[number, number, number]} Bar
 *
 * @typedef {{arrived: Bar[], shown: Bar[]}} Bars of a picture
 */

export class Chart {
  #box = find('wave-chart', HTMLElement);
  #columns = Array.from({ length: COLUMNS + 1 }, () => {
    const bar = (/** @type {string} */ kind) => make('i', { className: kind });
    return { arrivedAll: bar('bar-arrived before'), arrived: bar('bar-arrived'), shownAll: bar('bar-shown before'), shown: bar('bar-shown') };
  });
  #own = make('i', { className: 'own' });

  constructor() {
    this.#box.append(...this.#columns.map((bars) => make('span', { className: 'column' }, ...Object.values(bars))), this.#own);
    this.draw(undefined, [], 0);
  }

  /**
   * @param {Bars|undefined} newest
   * @param {Bars[]} before of the pictures before it
   * @param {number} own what this page measured itself of the newest, in ms; 0 if it has not
   */
  draw(newest, before, own) {
    const all = newest ? [newest, ...before] : before;
    const scale = scaleOf([own, within(all.flatMap(({ shown }) => shown), FITS)]);
    const sum = (/** @type {Bars[]} */ pictures, /** @type {'arrived'|'shown'} */ what) => columns(pictures.flatMap((each) => each[what]), scale);
    const now = { arrived: sum(newest ? [newest] : [], 'arrived'), shown: sum(newest ? [newest] : [], 'shown') };
    const full = { arrived: sum(all, 'arrived'), shown: sum(all, 'shown') };
    const most = Math.max(1, ...full.arrived, ...full.shown);
    this.#columns.forEach((bars, i) => {
      const high = (/** @type {HTMLElement} */ bar, /** @type {number} */ n) => bar.style.setProperty('--high', String(n / most));
      high(bars.arrived, now.arrived[i] ?? 0);
      high(bars.shown, now.shown[i] ?? 0);
      high(bars.arrivedAll, full.arrived[i] ?? 0);
      high(bars.shownAll, full.shown[i] ?? 0);
    });
    this.#own.hidden = !own;
    this.#own.style.setProperty('--at', String(own / scale));
    find('wave-half', HTMLElement).textContent = millis(scale / 2);
    find('wave-full', HTMLElement).textContent = millis(scale);
    const receipts = full.shown.reduce((n, more) => n + more, 0);
    find('wave-caption', HTMLElement).textContent = receipts
      ? `${count(receipts, 'receipt')} of ${count(all.length, 'picture')}; the highest bar is ${most.toLocaleString()}.`
      : 'Fills while you watch: hang a picture.';
    table(full, scale);
  }
}

/**
 * The same in words.
 * @param {{arrived: number[], shown: number[]}} full
 * @param {number} scale
 */
function table({ arrived, shown }, scale) {
  const step = scale / COLUMNS;
  find('wave-table', HTMLElement).replaceChildren(...arrived.flatMap((n, i) => {
    if (!n && !shown[i]) return [];
    const range = i < COLUMNS ? `${(i * step).toLocaleString()} to ${millis((i + 1) * step)}` : `later than ${millis(scale)}`;
    return [make('tr', {}, make('th', { scope: 'row', textContent: range }), make('td', { textContent: String(n) }), make('td', { textContent: String(shown[i]) }))];
  }));
}

/** @param {number} n @param {string} thing */
function count(n, thing) {
  return `${n.toLocaleString()} ${thing}${n === 1 ? '' : 's'}`;
}

/**
 * Counts receipts by twentieths of a scale, and what is beyond it.
 * @param {Bar[]} bars
 * @param {number} scale in ms
 */
export function columns(bars, scale) {
  const counts = Array.from({ length: COLUMNS + 1 }, () => 0);
  for (const [from, to, n] of bars) {
    const i = Math.min(COLUMNS, Math.floor(((from + to) / 2 / scale) * COLUMNS));
    counts[i] = (counts[i] ?? 0) + n;
  }
  return counts;
}

/**
 * A time that a part of the receipts took no longer than.
 * @param {Bar[]} bars
 * @param {number} part
 */
export function within(bars, part) {
  let left = bars.reduce((sum, [, , n]) => sum + n, 0) * part;
  for (const [, to, n] of [...bars].sort(([a], [b]) => a - b)) {
    left -= n;
    if (left <= 0) return to;
  }
  return 0;
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
