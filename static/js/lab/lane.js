// A connection's last seconds as a coloured lane, with pictures as dots on it.
// What happened is kept apart from how it is drawn, so that it can be tested.

/** How much of the past a lane shows. */
export const SPAN_MS = 40_000;

/** An open connection that says nothing for this long is shown as silent. */
export const SILENT_MS = 3000;

/** A picture that is later than this was missed, and caught up; so was one hung while the connection was down. */
const PROMPT_MS = 1000;

/** @typedef {'off'|'live'|'silent'|'lost'} Mode */

/**
 * A picture that was hung: when, and when it came here.
 * @typedef {{word: string, hung: number, came: number, down: boolean}} Dot came is 0 until it does;
 *   down: the connection was not live when it was hung
 */

export class Timeline {
  /** @type {{mode: Mode, from: number}[]} each lasts until the next begins */
  #spans = [];
  /** @type {Map<string, Dot>} by the picture's address */
  #dots = new Map();
  #heard = 0;

  clear() {
    this.#spans = [];
    this.#dots.clear();
  }

  get mode() { return this.#spans.at(-1)?.mode ?? 'off'; }

  /**
   * @param {Mode} mode
   * @param {number} at
   */
  enter(mode, at) {
    if (mode === 'live') this.#heard = at;
    if (this.mode !== mode) this.#spans.push({ mode, from: at });
  }

  /** Something came. @param {number} at */
  hear(at) {
    if (this.mode === 'silent') this.enter('live', at);
    this.#heard = at;
  }

  /** Turns live into silent, from when it fell silent. @param {number} now */
  tick(now) {
    if (this.mode === 'live' && now - this.#heard > SILENT_MS) this.enter('silent', this.#heard);
    const first = this.#spans.findIndex(({ from }) => from > now - SPAN_MS);
    if (first > 1) this.#spans.splice(0, first - 1);
  }

  /** How long nothing has come. @param {number} now */
  silence(now) { return now - this.#heard; }

  /**
   * @param {string} url
   * @param {string} word
   * @param {number} at
   */
  hung(url, word, at) {
    const dot = this.#dots.get(url) ?? { word, hung: at, came: 0, down: false };
    dot.hung = Math.min(dot.hung, at);
    dot.down = (this.#spans.filter(({ from }) => from <= dot.hung).at(-1)?.mode ?? 'off') !== 'live';
    this.#dots.set(url, dot);
  }

  /**
   * @param {string} url
   * @param {string} word
   * @param {number} at
   */
  came(url, word, at) {
    const dot = this.#dots.get(url);
    if (!dot) this.#dots.set(url, { word, hung: at, came: at, down: false });
    else dot.came ||= at;
  }

  get dots() { return [...this.#dots.values()]; }

  /** @param {number} now @returns {{mode: Mode, from: number, to: number}[]} those of the last SPAN_MS */
  spans(now) {
    return this.#spans
      .map(({ mode, from }, i) => ({ mode, from: Math.max(from, now - SPAN_MS), to: this.#spans[i + 1]?.from ?? now }))
      .filter(({ from, to }) => to > from);
  }

  /** What became of the pictures, in words. */
  get sum() {
    const late = this.dots.filter((dot) => dot.came && isLate(dot)).length;
    const missing = this.dots.filter(({ came }) => !came).length;
    const parts = [];
    if (this.dots.length) parts.push(`${this.dots.length - late - missing} at once`);
    if (late) parts.push(`${late} missed and caught up`);
    if (missing) parts.push(`${missing} not here`);
    return parts.join(', ');
  }
}

/** @param {Dot} dot */
function isLate({ hung, came, down }) { return down || came - hung > PROMPT_MS; }

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 600;
const HEIGHT = 44;

/**
 * @param {string} name
 * @param {Record<string, string|number>} attributes
 */
export function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/**
 * Draws a timeline, now at the right.
 * @param {Element} svg
 * @param {Timeline} timeline
 * @param {number} now
 */
export function draw(svg, timeline, now) {
  const x = (/** @type {number} */ at) => ((at - (now - SPAN_MS)) / SPAN_MS) * WIDTH;
  /** @type {Element[]} */
  const parts = timeline.spans(now).map(({ mode, from, to }) => shape('rect', {
    class: `span ${mode}`, x: x(from).toFixed(1), y: mode === 'live' ? 8 : 14, width: (x(to) - x(from)).toFixed(1), height: mode === 'live' ? 28 : 16,
  }));
  for (const each of timeline.dots) {
    const { hung, came } = each;
    if (x(Math.max(hung, came)) < 0) continue;
    const late = !came || isLate(each);
    if (late) parts.push(shape('line', { class: 'late', x1: x(hung).toFixed(1), y1: HEIGHT / 2, x2: x(came || now).toFixed(1), y2: HEIGHT / 2 }));
    if (late) parts.push(dot('missed', x(hung)));
    if (came) parts.push(dot('came', x(came)));
  }
  svg.replaceChildren(...parts);
}

/**
 * A dot is a line without length and with round ends: the lane is stretched, and
 * only strokes can be told not to stretch with it.
 * @param {string} kind
 * @param {number} at
 */
function dot(kind, at) { return shape('path', { class: `dot ${kind}`, d: `M${at.toFixed(1)} ${HEIGHT / 2}h0` }); }
