// The ink of the words that stand on a picture, each by its own place.

import { visiblePart } from './ground.js';
import { ANY, inkFor, NONE } from './light.js';
import { pair } from './pair.js';

/** @typedef {import('./ground.js').Size} Size */

/** What stands on the picture itself. The rest has a ground of its own. */
const WORDS = '.ask, .credit, .clock';

/** One pixel is looked at in so many of the screen's, either way. None are averaged. */
const STEP = 2;

/** From which to which size a picture drifts, as the style sheet has it. */
const DRIFT = { cover: [1, 1.075], contain: [0.965, 1] };

/** How bright the ground is, and how much larger than the screen, as the style sheet has them. */
const GROUND = { light: 0.62, scale: 1.25 };

/** The words and the ink of each. @typedef {[HTMLElement, import('./light.js').Ink][]} Inks */

/**
 * The inks for what a layer, once arranged, shows behind the words. A photo from
 * another server may forbid to look at it; its words get what suits any.
 * @param {import('./layer.js').Layer} layer
 * @param {Size} screen
 * @returns {Inks}
 */
export function choose(layer, screen) {
  const bar = document.querySelector('.bar-bottom');
  // In a narrow window the words stand beside the picture, on what is always dark.
  const isBeside = bar !== null && getComputedStyle(bar).position === 'static';
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(WORDS))].map((words) => {
    const box = words.getBoundingClientRect();
    return [words, isBeside ? NONE : box.width && layer.photo.naturalWidth ? look(layer, screen, box) : ANY];
  });
}

/** Tells the style sheet. @param {Inks} inks */
export function write(inks) {
  for (const [{ dataset, style }, { dark, halo, haze }] of inks) {
    dataset.ink = dark ? 'dark' : 'light';
    // Set through the object model, which the content policy allows.
    style.setProperty('--halo', halo.toFixed(3));
    style.setProperty('--haze', haze.toFixed(3));
  }
}

/**
 * @param {import('./layer.js').Layer} layer
 * @param {Size} screen
 * @param {DOMRect} box
 */
function look(layer, screen, box) {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return ANY;
  const whole = layer.element.dataset.fit === 'contain';
  const { left, top, width, height } = swept(box, screen, whole ? DRIFT.contain : DRIFT.cover);
  Object.assign(context.canvas, { width: Math.ceil(width / STEP), height: Math.ceil(height / STEP) });
  context.imageSmoothingEnabled = false;
  context.setTransform(1 / STEP, 0, 0, 1 / STEP, -left / STEP, -top / STEP);
  context.fillRect(left, top, width, height);
  if (whole) {
    const out = (GROUND.scale - 1) / 2;
    context.globalAlpha = GROUND.light;
    context.drawImage(layer.ground, -out * screen.width, -out * screen.height, GROUND.scale * screen.width, GROUND.scale * screen.height);
    context.globalAlpha = 1;
  }
  for (const { photo } of pair(layer, screen)) {
    const [x, wide, high] = ['--left', '--wide', '--high'].map((name) => parseFloat(photo.style.getPropertyValue(name)));
    if (whole) {
      context.drawImage(photo, x ?? 0, (screen.height - (high ?? 0)) / 2, wide ?? 0, high ?? 0);
    } else {
      const part = visiblePart({ width: photo.naturalWidth, height: photo.naturalHeight }, screen);
      context.drawImage(photo, part.x, part.y, part.width, part.height, 0, 0, screen.width, screen.height);
    }
  }
  try {
    return inkFor(context.getImageData(0, 0, context.canvas.width, context.canvas.height).data);
  } catch {
    return ANY;
  }
}

/**
 * What of a picture comes behind a box while it drifts.
 * @param {DOMRect} box
 * @param {Size} screen
 * @param {number[]} scales
 */
function swept(box, screen, scales) {
  const [across, down] = [screen.width / 2, screen.height / 2];
  const left = Math.min(...scales.map((scale) => across + (box.left - across) / scale));
  const right = Math.max(...scales.map((scale) => across + (box.right - across) / scale));
  const top = Math.min(...scales.map((scale) => down + (box.top - down) / scale));
  const bottom = Math.max(...scales.map((scale) => down + (box.bottom - down) / scale));
  return { left, top, width: right - left, height: bottom - top };
}
