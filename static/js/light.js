// Which ink words need on the part of a picture that lies behind them, and how much
// help. The formulas are those of WCAG 2.2 (relative luminance, contrast ratio).

/** What words get on the worst that is behind them: 4.5, and some more for what a picture moves. */
export const TARGET = 5;

/** The inks, as the style sheet has them: of the light one the softer. */
const LIGHT = luminance(240, 235, 225);
const DARK = luminance(27, 24, 21);

/** What no word may be darker or lighter behind, as a channel's value from 0 to 1. */
const HIGHEST = gamma((LIGHT + 0.05) / TARGET - 0.05);
const LOWEST = gamma((DARK + 0.05) * TARGET - 0.05);

/** So much of a place may be worse: a letter is read all the same. */
const SPARE = 0.01;

/** The dark ink has to be better by so much: a wall's words are light unless it helps. */
const LEAD = 0.05;

/** Values that differ by this much (standard deviation) are texture, in which letters drown. */
const BUSY = 0.2;

/** It is told by pixels so far apart, no multiple of a small pattern: two calm parts of a place are none. */
const NEAR = 7;

/**
 * What words need on a place: the ink, and how much of the other ink's colour around
 * the letters (halo), and how much of it farther out too (depth), from 0 to 1.
 * @typedef {{dark: boolean, halo: number, depth: number}} Ink
 */

/** What suits any picture. @type {Ink} */
export const ANY = { dark: false, halo: 1, depth: 1 };

/** What suits the dark. @type {Ink} */
export const NONE = { dark: false, halo: 0, depth: 0 };

/**
 * @param {number} red 0 to 255, like the others
 * @param {number} green
 * @param {number} blue
 */
export function luminance(red, green, blue) {
  return 0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
}

/**
 * @param {number} a relative luminance, 0 to 1
 * @param {number} b
 */
export function contrast(a, b) {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/**
 * The ink for a place, by its pixels.
 * @param {Uint8ClampedArray} data four bytes a pixel
 * @returns {Ink}
 */
export function inkFor(data) {
  const steps = Float64Array.from({ length: 256 }, (_, value) => linear(value / 255));
  const [bright, dim] = [new Uint32Array(256), new Uint32Array(256)];
  const count = data.length / 4;
  /** @param {number} i */
  const valueAt = (i) => 0.2126 * (data[i] ?? 0) + 0.7152 * (data[i + 1] ?? 0) + 0.0722 * (data[i + 2] ?? 0);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const [red = 0, green = 0, blue = 0] = [data[i], data[i + 1], data[i + 2]];
    const light = 0.2126 * (steps[red] ?? 0) + 0.7152 * (steps[green] ?? 0) + 0.0722 * (steps[blue] ?? 0);
    // Black takes the same share from every colour; white adds the less to a colour,
    // the purer it is: for that a colour is as dark as its channels are on average.
    add(bright, Math.round(255 * gamma(light)));
    const value = valueAt(i);
    add(dim, Math.round(value));
    sum += value;
    squares += i < 4 * NEAR ? 0 : (value - valueAt(i - 4 * NEAR)) ** 2 / 2;
  }
  const most = rank(bright, count * (1 - SPARE)) / 255;
  const least = rank(dim, count * SPARE) / 255;
  const onLight = Math.max(0, 1 - HIGHEST / Math.max(most, 0.01));
  const onDark = Math.max(0, (LOWEST - least) / (1 - Math.min(least, 0.99)));
  const mean = sum / count / 255;
  const spread = Math.sqrt(squares / count) / 255;
  // Where both need as much, such as a city at night, most of the place decides.
  const dark = onDark + 1 - mean + LEAD < onLight + mean;
  const need = dark ? onDark : onLight;
  const halo = Math.min(1, 2.5 * need);
  return { dark, halo, depth: halo * Math.min(1, spread / BUSY) };
}

/** @param {Uint32Array} levels @param {number} level */
function add(levels, level) {
  levels[level] = (levels[level] ?? 0) + 1;
}

/**
 * The level that so many pixels do not exceed.
 * @param {Uint32Array} levels how many pixels have each
 * @param {number} pixels
 */
function rank(levels, pixels) {
  let below = 0;
  return levels.findIndex((number) => (below += number) > pixels);
}

/** @param {number} value of a channel, 0 to 1 */
function linear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** @param {number} light the inverse of linear */
function gamma(light) {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
