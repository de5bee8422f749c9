// How a picture lies on the screen, and what is behind it and before it.

import { chooseFit, visiblePart } from './fit.js';
import { scrims } from './light.js';

/** The ground is this wide: it is only ever seen out of focus. */
const GROUND_WIDTH = 64;

/**
 * Fits a layer to the screen and paints its ground.
 * @param {import('./layer.js').Layer} layer
 * @param {import('./fit.js').Size} screen
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
