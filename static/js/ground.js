// How a picture lies on the screen, and what is behind it.

import { pair } from './pair.js';

/** The ground is this wide: it is only ever seen out of focus. */
const GROUND_WIDTH = 64;

/** Between two pictures, as a part of the screen's width. */
const GAP = 0.02;

/**
 * Fits a layer to the screen and paints its ground.
 * @param {import('./layer.js').Layer} layer
 * @param {Size} screen
 * @param {''|'cover'|'contain'} asked
 */
export function arrange(layer, screen, asked) {
  const { element, photo, ground } = layer;
  const context = ground.getContext('2d', { willReadFrequently: true });
  if (!photo.naturalWidth || !screen.width || !context) return;
  const hung = pair(layer, screen);
  const [one] = hung.length > 1 ? [] : hung;
  const fit = one ? chooseFit(finest(one), screen, asked, devicePixelRatio) : 'contain';
  element.dataset.fit = fit;
  // The page's label goes by the layer that is to be seen, a layer by its own.
  for (const each of [element, document.documentElement]) each.classList.toggle('is-pair', !one);
  place(hung, screen);
  ground.width = GROUND_WIDTH;
  ground.height = Math.max(1, Math.round((GROUND_WIDTH * screen.height) / screen.width));
  context.imageSmoothingQuality = 'medium';
  const share = { width: screen.width / hung.length, height: screen.height };
  const width = ground.width / hung.length;
  hung.forEach((each, i) => {
    const part = visiblePart({ width: each.photo.naturalWidth, height: each.photo.naturalHeight }, share);
    context.drawImage(each.photo, part.x, part.y, part.width, part.height, i * width, 0, width, ground.height);
  });
}

/**
 * The pixels that a photo will have once its finest file has come.
 * @param {import('./sharp.js').Hung} hung
 * @returns {Size}
 */
function finest({ photo: { naturalWidth, naturalHeight }, picture }) {
  const width = Math.max(naturalWidth, ...(picture?.sizes ?? []).map((each) => each.width));
  return { width, height: (naturalHeight * width) / naturalWidth };
}

/**
 * Tells the style sheet where photos lie that are seen whole: beside each other, in
 * the middle.
 * @param {import('./sharp.js').Hung[]} hung
 * @param {Size} screen
 */
function place(hung, screen) {
  const gap = hung.length > 1 ? screen.width * GAP : 0;
  const room = { width: (screen.width - gap) / hung.length, height: screen.height };
  const sizes = hung.map((each) => whole(finest(each), room, devicePixelRatio));
  let left = (screen.width - gap - sizes.reduce((sum, { width }) => sum + width, 0)) / 2;
  hung.forEach(({ photo: { style } }, i) => {
    const { width = 0, height = 0 } = sizes[i] ?? {};
    style.setProperty('--left', `${left.toFixed(2)}px`);
    style.setProperty('--wide', `${width.toFixed(2)}px`);
    style.setProperty('--high', `${height.toFixed(2)}px`);
    left += width + gap;
  });
}

/** Below this share of the picture left visible, it is shown whole instead. */
const LEAST_VISIBLE = 0.6;

/** A pixel that is drawn so many times as wide is seen as such: the picture hangs smaller then. */
const COARSE = 5;
const FINE = 3.5;

/** No picture hangs smaller than this part of the room that it would have. */
const LEAST_SHARE = 0.4;

/**
 * @typedef {{width: number, height: number}} Size
 */

/**
 * Fills the screen unless that would cut off too much of the picture, or blow up a
 * tiny one.
 * @param {Size} picture
 * @param {Size} screen
 * @param {''|'cover'|'contain'} asked what the viewer wants, if anything
 * @param {number} [ratio] device pixels to a pixel of the screen
 * @returns {'cover'|'contain'}
 */
export function chooseFit(picture, screen, asked, ratio = 1) {
  if (asked) return asked;
  const [across, down] = [screen.width / picture.width, screen.height / picture.height];
  // Sizes that are not known divide to NaN, and fill the screen.
  const cut = Math.min(across / down, down / across) < LEAST_VISIBLE;
  const scale = Math.max(across, down) * ratio;
  return cut || (scale > COARSE && scale < Infinity) ? 'contain' : 'cover';
}

/**
 * The size of a picture that is seen whole.
 * @param {Size} picture
 * @param {Size} room
 * @param {number} ratio device pixels to a pixel of the room
 */
export function whole(picture, room, ratio) {
  let scale = Math.min(room.width / picture.width, room.height / picture.height);
  if (scale * ratio > COARSE) scale = Math.max(FINE / ratio, scale * LEAST_SHARE);
  return { width: picture.width * scale, height: picture.height * scale };
}

/**
 * The part of a picture that stays visible when it covers the screen, as the style
 * sheet places it.
 * @param {Size} picture
 * @param {Size} screen
 */
export function visiblePart(picture, screen) {
  const scale = Math.max(screen.width / picture.width, screen.height / picture.height);
  const width = screen.width / scale;
  const height = screen.height / scale;
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 4, width, height };
}
