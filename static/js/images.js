// Loads a picture's image: in the size that exists, with its server's leave to
// read the pixels where it gives it.

import { ready } from './layer.js';

/**
 * What is known about reading the pixels of a server's photos.
 * @typedef {'granted'|'refused'|undefined} Leave
 */

/**
 * What to try, in this order. A script cannot tell a size that does not exist
 * from a network that fails, nor from a server that refuses its pixels, so each
 * attempt that could be the right one is made.
 * @param {string[]} urls from the best size to the smallest
 * @param {Leave} leave
 * @returns {{url: string, cors: boolean}[]}
 */
export function attempts(urls, leave) {
  const [best] = urls;
  if (leave === 'refused') return urls.map((url) => ({ url, cors: false }));
  if (leave === undefined) return urls.flatMap((url) => [{ url, cors: true }, { url, cors: false }]);
  // The last attempt is for a copy in a cache between that came without the leave.
  return [...urls.map((url) => ({ url, cors: true })), ...(best ? [{ url: best, cors: false }] : [])];
}

/** Loads images, and remembers sizes and leaves. */
export class Images {
  #sizes;
  /** @type {Map<string, Leave>} by the server's origin */
  #leaves = new Map();

  /** @param {import('./sizes.js').Sizes} sizes */
  constructor(sizes) {
    this.#sizes = sizes;
  }

  /**
   * Loads and decodes a picture.
   * @param {string} url
   * @param {string} tried an address that has just failed in the page, which asks for leave, or ""
   * @param {AbortSignal} signal
   * @returns {Promise<HTMLImageElement|null>} null if it cannot be loaded, and soon
   *   after the signal
   */
  async load(url, tried, signal) {
    const origin = originOf(url);
    const foreign = origin !== location.origin;
    const leave = foreign ? this.#leaves.get(origin) : 'refused';
    for (const attempt of attempts(this.#sizes.candidates(url), leave)) {
      if (attempt.url === tried && attempt.cors === foreign) continue;
      const image = await loadOne(attempt, signal);
      if (signal.aborted) return null;
      if (!image) continue;
      if (attempt.cors || leave === undefined) this.worked(image);
      else this.#sizes.worked(image.src);
      return image;
    }
    return null;
  }

  /** Takes note of how an image could be loaded. @param {HTMLImageElement} image */
  worked({ src, crossOrigin }) {
    this.#sizes.worked(src);
    this.#leaves.set(originOf(src), crossOrigin === null ? 'refused' : 'granted');
  }
}

/**
 * @param {{url: string, cors: boolean}} attempt
 * @param {AbortSignal} signal
 */
async function loadOne({ url, cors }, signal) {
  if (signal.aborted) return null;
  const image = new Image();
  image.className = 'photo';
  image.draggable = false;
  if (cors) image.crossOrigin = 'anonymous';
  image.src = url;
  const stopped = new Promise((resolve) => { signal.addEventListener('abort', () => resolve(false), { once: true }); });
  if (await Promise.race([ready(image), stopped])) return image;
  image.removeAttribute('src'); // ends the request
  return null;
}

/** @param {string} url */
function originOf(url) {
  try {
    return new URL(url, location.href).origin;
  } catch {
    return location.origin; // no address at all: it will not load either
  }
}
