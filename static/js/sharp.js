// The file of a picture that has a pixel for each of the screen's, in place of
// the one that came quickly.

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * A picture on a layer.
 * @typedef {object} Hung
 * @property {HTMLImageElement} photo
 * @property {Picture|null} picture null for the drawing that welcomes
 * @property {string} [sharper] the address of the file that is to come in the photo's place
 */

/** A window that changes its size does so for so long, and a flood of words is quicker. */
const SETTLED_MS = 400;

/** A picture that lacks no more than this part of the pixels is sharp enough. */
const NEARLY = 0.9;

/** No phone's screen is as wide as this, in CSS pixels, and no tablet's is narrower. */
const PHONE = 600;

/** Swaps sharper files in under what hangs. */
export class Sharp {
  #load;
  #swapped;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #stop = new AbortController();

  /**
   * @param {(url: string, tried: string, signal: AbortSignal) => Promise<HTMLImageElement|null>} load as Images'
   * @param {() => void} swapped
   */
  constructor(load, swapped) {
    this.#load = load;
    this.#swapped = swapped;
  }

  /**
   * Looks in a moment whether what hangs should be sharper, and makes it so.
   * @param {Hung[]} hung their photos are replaced
   */
  look(...hung) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (document.hidden || isSparing()) return;
      for (const one of hung) this.#sharpen(one);
    }, SETTLED_MS);
  }

  /** Gives up what is being loaded: something newer needs the line. */
  stop() {
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  /** @param {Hung} hung */
  async #sharpen(hung) {
    const { photo, picture } = hung;
    const url = fitting(picture?.sizes ?? [], photo.naturalWidth, widthOnScreen(photo) * devicePixelRatio);
    if (!url || url === hung.sharper) return;
    hung.sharper = url;
    const { signal } = this.#stop;
    const image = await this.#load(url, '', signal);
    if (hung.photo !== photo || hung.sharper !== url) return;
    if (signal.aborted) hung.sharper = ''; // one that fails is not tried again
    if (!image) return;
    hung.photo = image;
    swap(photo, image);
    this.#swapped();
  }
}

/**
 * Chooses the smallest file that is wide enough, or the widest; "" if none is
 * better than what is there.
 * @param {{url: string, width: number}[]} sizes smallest first
 * @param {number} has the width of what is there
 * @param {number} needs both in pixels
 */
export function fitting(sizes, has, needs) {
  if (!(has < needs * NEARLY)) return '';
  const best = sizes.find(({ width }) => width >= needs) ?? sizes[sizes.length - 1];
  return best && best.width > has ? best.url : '';
}

/** The width of a photo as it is drawn, in CSS pixels, also where the screen cuts it. @param {HTMLImageElement} photo */
function widthOnScreen(photo) {
  const { clientWidth, clientHeight, naturalWidth, naturalHeight } = photo;
  const filled = getComputedStyle(photo).objectFit === 'cover' ? Math.max : Math.min;
  return naturalHeight ? filled(clientWidth, (clientHeight * naturalWidth) / naturalHeight) : 0;
}

/** Whether the quick file has to do: on a phone, and where somebody saves data. */
function isSparing() {
  const { connection } = /** @type {any} */ (navigator); // Chromium's
  const { saveData, type, effectiveType = '4g' } = connection ?? {};
  return saveData || type === 'cellular' || effectiveType !== '4g'
    || matchMedia('(prefers-reduced-data: reduce)').matches
    || (Math.min(screen.width, screen.height) < PHONE && matchMedia('(hover: none) and (pointer: coarse)').matches);
}

/**
 * Puts one image in another's place so that nobody notices.
 * @param {HTMLImageElement} photo
 * @param {HTMLImageElement} image
 */
function swap(photo, image) {
  image.className = photo.className;
  image.alt = photo.alt;
  image.style.cssText = photo.style.cssText;
  photo.alt = '';
  photo.after(image);
  // It moves on from where the other is.
  const [from] = photo.getAnimations();
  const [to] = image.getAnimations();
  if (from && to) {
    if (from.startTime === null) to.currentTime = from.currentTime; // it stands still
    else to.startTime = from.startTime;
  }
  // The other stays behind it until it has been painted for certain.
  requestAnimationFrame(() => requestAnimationFrame(() => photo.remove()));
}
