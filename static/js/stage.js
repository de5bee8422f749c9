// The stage shows pictures: one at a time, whole, and never less than one.

import { chooseFit, visiblePart } from './fit.js';
import { scrims } from './light.js';

/**
 * A picture as the server sends it, with the ID of the event that brought it.
 * @typedef {object} Picture
 * @property {string} [id] absent in the answer to a publish
 * @property {string} url
 * @property {string} keyword empty for the drawing that welcomes
 * @property {string} [title]
 * @property {string} [owner]
 * @property {string} [owner_url]
 * @property {string} [page_url]
 * @property {string} [license]
 * @property {string} [license_url]
 * @property {number} [width]
 * @property {number} [height]
 * @property {string} [source] flickr, feed or album
 * @property {string} [note] why the album stands in
 */

const FADE_MS = 1100;

/** The ground is this wide: it is only ever seen out of focus. */
const GROUND_WIDTH = 64;

/** There are this many places towards which a picture can drift. */
const DRIFTS = 4;

/**
 * One of the two layers that take turns.
 * @typedef {object} Layer
 * @property {HTMLElement} element
 * @property {HTMLImageElement} photo
 * @property {HTMLCanvasElement} ground
 */

/**
 * Shows pictures by cross-fading two layers that live as long as the page, so
 * ten thousand pictures take the room of two. Only the newest picture asked for
 * is loaded; a hidden tab loads none.
 *
 * It dispatches `shown` when a picture begins to appear and `failed` when one
 * did not load, both with the picture as detail.
 */
export class Stage extends EventTarget {
  #root;
  #fit;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Layer} */
  #front;
  /** @type {Layer} */
  #back;
  /** @type {{picture: Picture}|null} the newest wish that is not on screen yet */
  #wanted = null;
  /** @type {Picture|null} */
  #shown = null;
  #working = false;
  #turns = 0;
  /** Whether a photo server turned out not to let us read pixels. */
  #plain = false;
  /** Ends the wait for a picture that a newer one has overtaken. */
  #overtake = () => {};

  /**
   * @param {HTMLElement} root holds the layer that came with the page
   * @param {{fit: ''|'cover'|'contain', picture: Picture|null, welcome: string}} options
   */
  constructor(root, { fit, picture, welcome }) {
    super();
    this.#root = root;
    this.#fit = fit;
    this.#shown = picture;
    const first = /** @type {HTMLElement} */ (root.querySelector('.layer'));
    const second = /** @type {HTMLElement} */ (first.cloneNode(true));
    second.classList.remove('is-shown');
    second.ariaHidden = 'true';
    second.querySelector('img')?.removeAttribute('src');
    second.querySelector('img')?.removeAttribute('fetchpriority');
    root.append(second);
    this.#front = parts(first);
    this.#back = parts(second);
    this.#begin(welcome);

    document.addEventListener('visibilitychange', () => this.#work());
    addEventListener('resize', () => this.#arrange(this.#front));
  }

  /** The picture on screen; null when it is only the one that welcomes. */
  get shown() {
    return this.#shown;
  }

  /**
   * Asks for a picture. It appears when it has loaded, unless a newer one has
   * been asked for by then.
   * @param {Picture} picture
   */
  show(picture) {
    if (this.#wanted?.picture === picture) return;
    this.#wanted = { picture };
    this.#overtake();
    this.#work();
  }

  /**
   * Settles the picture that came in the page.
   * @param {string} welcome
   */
  async #begin(welcome) {
    const { photo } = this.#front;
    if (await ready(photo)) {
      this.#arrange(this.#front);
      return;
    }
    const failed = this.#shown;
    photo.classList.add('is-broken');
    if (failed) this.#tell('failed', failed);
    // Nothing newer has come: hang the picture that cannot fail to load.
    if (!this.#wanted && photo.getAttribute('src') !== welcome) this.show({ url: welcome, keyword: '' });
  }

  /** Works towards the newest picture until it is on screen. */
  async #work() {
    if (this.#working) return;
    this.#working = true;
    while (this.#wanted && !document.hidden) {
      const wish = this.#wanted;
      const { picture } = wish;
      const loaded = this.#isOnScreen(picture) || (await this.#load(picture));
      if (wish !== this.#wanted) continue;
      this.#wanted = null;
      if (!loaded) this.#tell('failed', picture);
      else if (this.#isOnScreen(picture)) this.#announce(picture);
      else await this.#turn(picture);
    }
    this.#working = false;
  }

  /** @param {Picture} picture */
  #isOnScreen(picture) {
    const { photo } = this.#front;
    return !photo.classList.contains('is-broken') && photo.getAttribute('src') === picture.url;
  }

  /**
   * Loads and decodes a picture in the layer at the back.
   * @param {Picture} picture
   * @returns {Promise<boolean>} whether it can be shown; false also when a
   *   newer picture is wanted meanwhile
   */
  async #load(picture) {
    const overtaken = /** @type {Promise<boolean>} */ (
      new Promise((resolve) => { this.#overtake = () => resolve(false); })
    );
    const wish = this.#wanted;
    const { photo } = this.#back;
    const foreign = new URL(picture.url, location.href).origin !== location.origin;
    // Reading pixels of a foreign photo takes its server's leave. Without it
    // the load fails, and the photo is fetched the ordinary way.
    if (foreign && !this.#plain) {
      if (await Promise.race([load(photo, picture.url, 'anonymous'), overtaken])) return true;
      if (wish !== this.#wanted) return false;
    }
    const loaded = await Promise.race([load(photo, picture.url, null), overtaken]);
    if (foreign && loaded) this.#plain = true;
    return loaded;
  }

  /**
   * Brings the back to the front.
   * @param {Picture} picture
   */
  async #turn(picture) {
    const [entering, leaving] = [this.#back, this.#front];
    entering.photo.alt = describe(picture);
    entering.photo.classList.remove('is-broken');
    entering.element.dataset.drift = String(this.#turns++ % DRIFTS);
    this.#front = entering;
    this.#back = leaving;
    this.#arrange(entering);
    this.#announce(picture);

    entering.element.ariaHidden = null;
    leaving.element.ariaHidden = 'true';
    entering.element.classList.add('is-entering');
    if (!this.#still.matches) await fadeIn(entering.element);
    leaving.element.classList.remove('is-shown');
    entering.element.classList.add('is-shown');
    entering.element.classList.remove('is-entering');
  }

  /** @param {Picture} picture */
  #announce(picture) {
    this.#shown = picture.keyword ? picture : null;
    this.#tell('shown', picture);
  }

  /**
   * Fits a layer to the screen, paints its ground and sets the scrims.
   * @param {Layer} layer
   */
  #arrange({ element, photo, ground }) {
    const screen = { width: this.#root.clientWidth, height: this.#root.clientHeight };
    const size = { width: photo.naturalWidth, height: photo.naturalHeight };
    if (!size.width || !screen.width) return;
    const fit = chooseFit(size, screen, this.#fit);
    element.dataset.fit = fit;

    ground.width = GROUND_WIDTH;
    ground.height = Math.max(1, Math.round((GROUND_WIDTH * screen.height) / screen.width));
    const context = ground.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    context.imageSmoothingQuality = 'medium';
    const part = visiblePart(size, screen);
    context.drawImage(photo, part.x, part.y, part.width, part.height, 0, 0, ground.width, ground.height);
    const { top, bottom } = scrims(context, fit === 'contain');
    // Set through the object model, which the content policy allows.
    document.documentElement.style.setProperty('--scrim-top', top.toFixed(3));
    document.documentElement.style.setProperty('--scrim-bottom', bottom.toFixed(3));
  }

  /**
   * @param {'shown'|'failed'} name
   * @param {Picture} picture
   */
  #tell(name, picture) {
    this.dispatchEvent(new CustomEvent(name, { detail: picture }));
  }
}

/**
 * The words that stand for a picture where it cannot be seen.
 * @param {Picture} picture
 */
export function describe({ keyword, title, owner }) {
  if (!keyword) return 'A drawn landscape';
  return [keyword, title && `${title}${owner ? ` by ${owner}` : ''}`].filter(Boolean).join(': ');
}

/**
 * @param {HTMLElement} element
 * @returns {Layer}
 */
function parts(element) {
  return {
    element,
    photo: /** @type {HTMLImageElement} */ (element.querySelector('.photo')),
    ground: /** @type {HTMLCanvasElement} */ (element.querySelector('.ground')),
  };
}

/**
 * @param {HTMLImageElement} photo
 * @param {string} url
 * @param {'anonymous'|null} crossOrigin
 */
function load(photo, url, crossOrigin) {
  // A change of crossorigin alone would fetch the previous address again.
  photo.removeAttribute('src');
  photo.crossOrigin = crossOrigin;
  photo.src = url;
  return ready(photo);
}

/**
 * Waits until a picture can be painted without a pause.
 * @param {HTMLImageElement} photo
 */
async function ready(photo) {
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
 * @param {HTMLElement} element
 */
async function fadeIn(element) {
  const fade = element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS, easing: 'cubic-bezier(.4, 0, .3, 1)' });
  // The clock of animations stands still in a hidden tab; this one does not.
  const limit = setTimeout(() => fade.finish(), 2 * FADE_MS);
  await fade.finished.catch(() => {});
  clearTimeout(limit);
}
