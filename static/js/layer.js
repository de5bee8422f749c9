// A layer of the stage, and what can be done with one.

import { aria } from './dom.js';

/** How long a layer takes to appear. */
export const FADE_MS = 1100;

/** The same in a dark room, where nobody should wake of it. */
const NIGHT_FADE_MS = 6000;

/**
 * One of the two layers that take turns.
 * @typedef {import('./sharp.js').Hung & {
 *   element: HTMLElement, ground: HTMLCanvasElement, beside: import('./sharp.js').Hung|null}} Layer
 *   beside is the picture before it, where both are portraits
 */

/**
 * Makes a second layer like the one that came with the page.
 * @param {HTMLElement} root
 * @param {import('./picture.js').Picture|null} picture what hangs there
 * @returns {[Layer, Layer]}
 */
export function layers(root, picture) {
  const first = /** @type {HTMLElement} */ (root.querySelector('.layer'));
  const second = /** @type {HTMLElement} */ (first.cloneNode(true));
  second.classList.remove('is-shown');
  aria(second, 'hidden', true);
  second.querySelector('img')?.removeAttribute('src');
  second.querySelector('img')?.removeAttribute('fetchpriority');
  root.append(second);
  return [parts(first, picture), parts(second, null)];
}

/**
 * @param {HTMLElement} element
 * @param {import('./picture.js').Picture|null} picture
 * @returns {Layer}
 */
function parts(element, picture) {
  return {
    element,
    picture,
    beside: null,
    photo: /** @type {HTMLImageElement} */ (element.querySelector('.photo')),
    ground: /** @type {HTMLCanvasElement} */ (element.querySelector('.ground')),
  };
}

/**
 * Hangs a picture on a layer that nobody sees.
 * @param {Layer} layer
 * @param {import('./sharp.js').Hung} hung
 * @param {import('./sharp.js').Hung|null} beside
 */
export function hang(layer, hung, beside) {
  layer.beside?.photo.remove();
  layer.photo.replaceWith(hung.photo);
  if (beside) hung.photo.before(beside.photo);
  Object.assign(layer, hung, { sharper: '', beside });
}

/**
 * Waits for a picture that is being loaded.
 * @param {HTMLImageElement} photo
 * @returns {Promise<boolean>} whether it can be shown
 */
export async function ready(photo) {
  const { src } = photo;
  try {
    await photo.decode();
    return true;
  } catch {
    // Some browsers refuse to decode ahead what they show all the same.
    return photo.src === src && photo.complete && photo.naturalWidth > 0;
  }
}

/**
 * Lets a layer appear over about a second, in a dark room slower than wakes anybody.
 * @param {HTMLElement} element
 */
export async function fadeIn(element) {
  const duration = document.documentElement.matches('[data-night][data-idle]') ? NIGHT_FADE_MS : FADE_MS;
  const fade = element.animate([{ opacity: 0 }, { opacity: 1 }], { duration, easing: 'cubic-bezier(.4, 0, .3, 1)' });
  // The clock of animations stands still in a hidden tab; this one does not.
  const limit = setTimeout(() => fade.finish(), 2 * duration);
  await fade.finished.catch(() => {});
  clearTimeout(limit);
}
