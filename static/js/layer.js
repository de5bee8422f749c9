// A layer of the stage, and what can be done with one.

const FADE_MS = 1100;

/**
 * One of the two layers that take turns.
 * @typedef {import('./sharp.js').Hung & {element: HTMLElement, ground: HTMLCanvasElement}} Layer
 */

/**
 * Finds the parts of a layer.
 * @param {HTMLElement} element
 * @param {import('./picture.js').Picture|null} [picture] what hangs there
 * @returns {Layer}
 */
export function parts(element, picture = null) {
  return {
    element,
    picture,
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
