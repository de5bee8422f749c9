// How bright a picture is where the words stand, and how dark the scrim behind
// them has to be. The formulas are those of WCAG 2.2 (relative luminance,
// contrast ratio).

/** What the scrims aim at. The soft ink is darker than white; it keeps 4.5:1. */
export const TARGET = 6;

/** Scrims are never stronger than this (it is enough on white), nor absent. */
export const STRONGEST = 0.64;
const WEAKEST = 0.1;

/** How much of the picture's height lies behind the words, above and below. */
const TOP_SHARE = 0.3;
const BOTTOM_SHARE = 0.5;

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
 * The alpha of a black scrim that gives white words the target contrast over
 * the given luminance.
 * @param {number} brightness relative luminance, 0 to 1
 */
export function scrimFor(brightness) {
  const allowed = gamma(1.05 / TARGET - 0.05);
  const needed = 1 - allowed / Math.max(gamma(brightness), 1e-6);
  return Math.min(STRONGEST, Math.max(WEAKEST, needed));
}

/**
 * The luminance of the brightest pixel in some rows of an image.
 * @param {{data: Uint8ClampedArray, width: number, height: number}} image
 * @param {number} from the first row as a share of the height
 * @param {number} to the row after the last one
 */
export function brightest({ data, width, height }, from, to) {
  const start = Math.floor(from * height) * width * 4;
  const end = Math.ceil(to * height) * width * 4;
  let most = 0;
  for (let i = start; i < end; i += 4) {
    most = Math.max(most, luminance(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0));
  }
  return most;
}

/**
 * The scrims for a picture drawn on a small canvas. A photo from another
 * server may forbid reading its pixels; it gets the scrims that suit any.
 * @param {CanvasRenderingContext2D} context
 * @param {boolean} whole whether the picture may lie anywhere on the screen
 * @returns {{top: number, bottom: number}}
 */
export function scrims(context, whole) {
  try {
    const image = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
    return {
      top: scrimFor(brightest(image, 0, whole ? 1 : TOP_SHARE)),
      bottom: scrimFor(brightest(image, whole ? 0 : 1 - BOTTOM_SHARE, 1)),
    };
  } catch {
    return { top: STRONGEST, bottom: STRONGEST };
  }
}

/** @param {number} value of a channel, 0 to 1 */
function linear(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** @param {number} light the inverse of linear */
function gamma(light) {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
