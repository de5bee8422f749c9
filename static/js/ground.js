// How a picture lies on the screen, and what is behind it and before it.

import { scrims } from './light.js';

/** The ground is this wide: it is only ever seen out of focus. */
const GROUND_WIDTH = 64;

/**
 * Fits a layer to the screen and paints its ground.
 * @param {import('./layer.js').Layer} layer
 * @param {Size} screen
 * @param {''|'cover'|'contain'} asked
 * @returns {{top: number, bottom: number}|null} the scrims that its picture needs, null if
 *   nothing can be known about it
 */
export function arrange({ element, photo, ground }, screen, asked) {
  const size = { width: photo.naturalWidth, height: photo.naturalHeight };
  const context = ground.getContext('2d', { willReadFrequently: true });
  if (!size.width || !screen.width || !context) return null;
  const fit = chooseFit(size, screen, asked);
  element.dataset.fit = fit;
  ground.width = GROUND_WIDTH;
  ground.height = Math.max(1, Math.round((GROUND_WIDTH * screen.height) / screen.width));
  context.imageSmoothingQuality = 'medium';
  const part = visiblePart(size, screen);
  context.drawImage(photo, part.x, part.y, part.width, part.height, 0, 0, ground.width, ground.height);
  return scrims(context, fit === 'contain');
}

/**
 * Makes the scrims so dark.
 * @param {{top: number, bottom: number}} scrims
 */
export function shade({ top, bottom }) {
  // Set through the object model, which the content policy allows.
  const { style } = document.documentElement;
  style.setProperty('--scrim-top', top.toFixed(3));
  style.setProperty('--scrim-bottom', bottom.toFixed(3));
}

/** Below this share of the picture left visible, it is shown whole instead. */
const LEAST_VISIBLE = 0.6;

/**
 * @typedef {{width: number, height: number}} Size
 */

/**
 * Fills the screen unless that would cut off too much of the picture.
 * @param {Size} picture
 * @param {Size} screen
 * @param {''|'cover'|'contain'} asked what the viewer wants, if anything
 * @returns {'cover'|'contain'}
 */
export function chooseFit(picture, screen, asked) {
  if (asked) return asked;
  const shape = picture.width / picture.height;
  const room = screen.width / screen.height;
  const visible = Math.min(shape / room, room / shape);
  // Sizes that are not known divide to NaN, and fill the screen.
  return visible < LEAST_VISIBLE ? 'contain' : 'cover';
}

/**
 * The part of a picture that stays visible when it covers the screen.
 * @param {Size} picture
 * @param {Size} screen
 */
export function visiblePart(picture, screen) {
  const scale = Math.max(screen.width / picture.width, screen.height / picture.height);
  const width = screen.width / scale;
  const height = screen.height / scale;
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height };
}
