// A layer of the stage, and what can be done with one.

const FADE_MS = 1100;

/**
 * One of the two layers that take turns.
 * @typedef {object} Layer
 * @property {HTMLElement} element
 * @property {HTMLImageElement} photo
 * @property {HTMLCanvasElement} ground
 */

/**
 * Finds the parts of a layer.
 * @param {HTMLElement} element
 * @returns {Layer}
 */
export function parts(element) {
  return {
    element,
    photo: /** @type {HTMLImageElement} */ (element.querySelector('.photo')),
    ground: /** @type {HTMLCanvasElement} */ (element.querySelector('.ground')),
  };
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
 * Lets a layer appear over about a second.
 * @param {HTMLElement} element
 */
export async function fadeIn(element) {
  const fade = element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS, easing: 'cubic-bezier(.4, 0, .3, 1)' });
  // The clock of animations stands still in a hidden tab; this one does not.
  const limit = setTimeout(() => fade.finish(), 2 * FADE_MS);
  await fade.finished.catch(() => {});
  clearTimeout(limit);
}
