// The sizes in which a photo of Flickr's may exist, and which of them did.

/**
 * From 1,024 pixels down to 240. All of them share one secret, so one address
 * tells the others; larger sizes and originals have secrets of their own.
 */
const SUFFIXES = ['b', 'c', 'z', '', 'n', 'm'];

/** Where the suffix w (400 pixels), which few photos have, belongs among them. */
const AFTER_W = 4;

const PHOTO = /^(https:\/\/(?:live|farm\d{1,3})\.staticflickr\.com\/\d+\/\d+_[0-9A-Za-z]+)(?:_([bczwnm]))?\.jpg$/;

/** As many photos are remembered as two histories can hold. */
const REMEMBERED = 200;

/**
 * The addresses of a photo, from the given size down. A picture that is not
 * Flickr's, or in a size with a secret of its own, has only the one address.
 * @param {string} url
 * @returns {string[]}
 */
export function smaller(url) {
  const [, photo, suffix = ''] = PHOTO.exec(url) ?? [];
  if (!photo) return [url];
  const after = suffix === 'w' ? AFTER_W : SUFFIXES.indexOf(suffix) + 1;
  return [url, ...SUFFIXES.slice(after).map((each) => sized(photo, each))];
}

/** Remembers for each photo the size that could be loaded. */
export class Sizes {
  /** @type {Map<string, string>} the suffix that worked, by the photo's address without one */
  #worked = new Map();

  /**
   * The addresses to try for a picture, in this order.
   * @param {string} url
   * @returns {string[]}
   */
  candidates(url) {
    const photo = PHOTO.exec(url)?.[1];
    const suffix = photo && this.#worked.get(photo);
    return smaller(photo && suffix !== undefined ? sized(photo, suffix) : url);
  }

  /**
   * The addresses to try for a small copy of a picture, in this order. Not every
   * photo has the small sizes.
   * @param {string} url
   * @returns {string[]}
   */
  thumbnails(url) {
    const photo = PHOTO.exec(url)?.[1];
    const small = photo ? [sized(photo, 'n'), sized(photo, 'm')] : [];
    return [...new Set([...small, ...this.candidates(url)])];
  }

  /**
   * Takes note that an address could be loaded.
   * @param {string} url
   */
  worked(url) {
    const [, photo, suffix = ''] = PHOTO.exec(url) ?? [];
    if (!photo) return;
    this.#worked.delete(photo);
    this.#worked.set(photo, suffix);
    if (this.#worked.size > REMEMBERED) this.#worked.delete(this.#worked.keys().next().value ?? '');
  }
}

/**
 * @param {string} photo
 * @param {string} suffix
 */
function sized(photo, suffix) {
  return `${photo}${suffix && `_${suffix}`}.jpg`;
}
