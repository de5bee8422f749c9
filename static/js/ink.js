// The ink of the words that stand on a picture, each by its own place.

import { FADE_MS } from './layer.js';
import { ANY, inkFor, NONE } from './light.js';
import { pair } from './pair.js';

/** @typedef {import('./ground.js').Size} Size */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** What stands on the picture itself. The rest has a ground of its own. */
const WORDS = '.ask, .credit, .clock';

/** One pixel is looked at in so many of the screen's, either way. None are averaged. */
const STEP = 2;

/** Words move by so many pixels, against burning in. */
const MARGIN = 5;

/** From which to which size a picture drifts, as the style sheet has it. */
const DRIFT = { cover: [1, 1.075], contain: [0.965, 1] };

/** How bright the ground is, how much larger than the screen, and from how far colours run into each other, as the style sheet has it. */
const GROUND = { light: 0.42, scale: 1.25, blur: 0.06 };

/** After this long two pictures are seen alike, and words that grow have grown. */
const SETTLED_MS = FADE_MS / 2;

/** Looks what is behind the words each time that it, or they, may have changed. */
export class Inks {
  #what;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #looks = 0;

  /** @param {() => [import('./layer.js').Layer, Size]} what tells what hangs, and the size of the screen */
  constructor(what) {
    this.#what = what;
    const observer = new ResizeObserver(() => this.look());
    for (const words of all()) observer.observe(words);
  }

  /** Looks once nothing has changed for so long. @param {number} [ms] */
  look(ms = SETTLED_MS) {
    this.#looks++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#measure(), ms);
  }

  /** One by one, so that frames come between. */
  async #measure() {
    const look = ++this.#looks;
    /** @type {[HTMLElement, import('./light.js').Ink][]} */
    const inks = [];
    for (const words of all()) {
      inks.push([words, choose(words, ...this.#what())]);
      await new Promise((next) => setTimeout(next));
      if (look !== this.#looks) return;
    }
    for (const [{ dataset, style }, { dark, halo, depth }] of inks) {
      dataset.ink = dark ? 'dark' : 'light';
      // Set through the object model, which the content policy allows.
      style.setProperty('--halo', halo.toFixed(3));
      style.setProperty('--depth', depth.toFixed(3));
    }
  }
}

function all() {
  return /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(WORDS));
}

/**
 * The ink for what a layer, once arranged, shows behind some words. A photo from
 * another server may forbid to look at it; its words get what suits any.
 * @param {HTMLElement} words
 * @param {import('./layer.js').Layer} layer
 * @param {Size} screen
 */
function choose(words, layer, screen) {
  const bar = document.querySelector('.bar-bottom');
  // In a narrow window the words stand beside the picture, on what is always dark.
  if (bar && getComputedStyle(bar).position === 'static') return NONE;
  const { left, top, width, height } = words.getBoundingClientRect();
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!width || !layer.photo.naturalWidth || !context) return ANY;
  paint(context, layer, screen, around({ left, top, width, height }, MARGIN));
  try {
    return inkFor(context.getImageData(0, 0, context.canvas.width, context.canvas.height).data);
  } catch {
    return ANY;
  }
}

/**
 * Paints what comes behind a box.
 * @param {CanvasRenderingContext2D} context
 * @param {import('./layer.js').Layer} layer
 * @param {Size} screen
 * @param {Box} box
 */
function paint(context, layer, screen, box) {
  const { canvas } = context;
  Object.assign(canvas, { width: Math.ceil(box.width / STEP), height: Math.ceil(box.height / STEP) });
  context.imageSmoothingEnabled = false;
  context.fillRect(0, 0, canvas.width, canvas.height);
  /** @param {CanvasImageSource} image @param {Box} place where it lies @param {Box} seen what of the screen to paint */
  const draw = (image, place, seen) => {
    const [across, down] = [canvas.width / seen.width, canvas.height / seen.height];
    context.setTransform(across, 0, 0, down, -seen.left * across, -seen.top * down);
    context.drawImage(image, place.left, place.top, place.width, place.height);
  };
  const isWhole = layer.element.dataset.fit === 'contain';
  if (isWhole) {
    context.globalAlpha = GROUND.light;
    draw(layer.ground, middle(GROUND.scale * screen.width, GROUND.scale * screen.height, screen), around(box, GROUND.blur * Math.max(screen.width, screen.height)));
    context.globalAlpha = 1;
  }
  for (const { photo } of pair(layer, screen)) {
    const { naturalWidth, naturalHeight, style } = photo;
    const scale = Math.max(screen.width / naturalWidth, screen.height / naturalHeight);
    const [left, width, height] = ['--left', '--wide', '--high'].map((name) => parseFloat(style.getPropertyValue(name)));
    const place = middle((isWhole ? width : scale * naturalWidth) ?? 0, (isWhole ? height : scale * naturalHeight) ?? 0, screen);
    if (isWhole) place.left = left ?? 0;
    else place.top /= 2; // a quarter of what is cut off, not a half
    const [x = 0, y = 0] = getComputedStyle(photo).transformOrigin.split(' ').map(parseFloat);
    const still = isWhole ? { x: place.left + x, y: place.top + y } : { x, y };
    draw(photo, place, swept(box, still, isWhole ? DRIFT.contain : DRIFT.cover));
  }
}

/**
 * The place of what hangs in the middle.
 * @param {number} width
 * @param {number} height
 * @param {Size} screen
 */
function middle(width, height, screen) {
  return { left: (screen.width - width) / 2, top: (screen.height - height) / 2, width, height };
}

/** @param {Box} box @param {number} margin @returns {Box} */
function around({ left, top, width, height }, margin) {
  return { left: left - margin, top: top - margin, width: width + 2 * margin, height: height + 2 * margin };
}

/**
 * What of a picture comes behind a box while it drifts.
 * @param {Box} box
 * @param {{x: number, y: number}} still where it does not move
 * @param {number[]} scales
 */
function swept(box, { x, y }, scales) {
  const left = Math.min(...scales.map((scale) => x + (box.left - x) / scale));
  const right = Math.max(...scales.map((scale) => x + (box.left + box.width - x) / scale));
  const top = Math.min(...scales.map((scale) => y + (box.top - y) / scale));
  const bottom = Math.max(...scales.map((scale) => y + (box.top + box.height - y) / scale));
  return { left, top, width: right - left, height: bottom - top };
}
