// How a picture and a screen of different shapes come together.

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
