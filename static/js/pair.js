// Two portraits in a row, side by side.

import { ready } from './layer.js';

/** @typedef {import('./sharp.js').Hung} Hung */
/** @typedef {import('./ground.js').Size} Size */

/** A picture is a portrait if it is so many times as high as wide. */
const TALL = 1.15;

/** A screen has room for two from this width on, in CSS pixels, and this shape. */
const WIDTH = 960;
const SHAPE = 1.45;

/**
 * What a layer shows, from left to right: its picture, after the one beside it where
 * the screen has room for both.
 * @param {import('./layer.js').Layer} layer
 * @param {Size} screen
 * @returns {Hung[]}
 */
export function pair(layer, screen) {
  return layer.beside && hasRoom(screen) ? [layer.beside, layer] : [layer];
}

/**
 * Makes a copy of a picture that hangs, to hang beside the one that comes after it.
 * @param {Hung} hung
 * @param {HTMLImageElement} next
 * @param {Size} screen
 * @returns {Promise<Hung|null>} null unless the two suit each other
 */
export async function beside({ photo, picture }, next, screen) {
  if (!picture || !isTall(photo) || !isTall(next) || !hasRoom(screen)) return null;
  const copy = /** @type {HTMLImageElement} */ (photo.cloneNode());
  copy.className = 'beside';
  return (await ready(copy)) ? { photo: copy, picture } : null;
}

/** @param {HTMLImageElement} photo */
function isTall({ naturalWidth, naturalHeight }) {
  return naturalWidth > 0 && naturalHeight >= naturalWidth * TALL;
}

/** @param {Size} screen */
function hasRoom({ width, height }) {
  return width >= WIDTH && width >= height * SHAPE;
}
