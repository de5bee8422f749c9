// Shows one picture at a time, only once it is complete, and always one.

import { chooseFit, visiblePart } from './fit.js';
import { fadeIn, load, parts, ready } from './layer.js';
import { scrims, STRONGEST } from './light.js';
import { describe } from './picture.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./layer.js').Layer} Layer */

/** The ground is this wide: it is only ever seen out of focus. */
const GROUND_WIDTH = 64;

/** There are this many places towards which a picture can drift. */
const DRIFTS = 4;

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
  #scrims = { top: STRONGEST, bottom: STRONGEST };
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
    addEventListener('resize', () => this.#shade(this.#arrange(this.#front)));
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
    const loaded = await ready(photo);
    if (photo !== this.#front.photo) return; // a newer picture hangs already
    if (loaded) {
      this.#shade(this.#arrange(this.#front));
      return;
    }
    photo.classList.add('is-broken');
    if (this.#shown) this.#tell('failed', this.#shown);
    // Nothing newer has come: hang the picture that cannot fail to load.
    if (!this.#wanted && photo.getAttribute('src') !== welcome) this.show({ url: welcome, keyword: '' });
  }

  /** Works towards the newest picture until it is on screen. */
  async #work() {
    if (this.#working) return;
    this.#working = true;
    try {
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
    } finally {
      // Whatever has happened, the next picture gets its chance.
      this.#working = false;
    }
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
    const foreign = isForeign(picture.url);
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
    entering.photo.classList.remove('is-broken');
    entering.element.dataset.drift = String(this.#turns++ % DRIFTS);
    this.#front = entering;
    this.#back = leaving;
    const needed = this.#arrange(entering);
    // While both pictures are seen, the words need what the brighter one asks.
    this.#shade({ top: Math.max(needed.top, this.#scrims.top), bottom: Math.max(needed.bottom, this.#scrims.bottom) });
    this.#announce(picture);

    entering.element.ariaHidden = null;
    leaving.element.ariaHidden = 'true';
    entering.element.classList.add('is-entering');
    if (!this.#still.matches) await fadeIn(entering.element);
    leaving.element.classList.remove('is-shown');
    entering.element.classList.add('is-shown');
    entering.element.classList.remove('is-entering');
    this.#shade(needed);
  }

  /** @param {Picture} picture */
  #announce(picture) {
    this.#front.photo.alt = describe(picture);
    this.#shown = picture.keyword ? picture : null;
    this.#tell('shown', picture);
  }

  /**
   * Fits a layer to the screen and paints its ground.
   * @param {Layer} layer
   * @returns {{top: number, bottom: number}} the scrims that its picture needs
   */
  #arrange({ element, photo, ground }) {
    const screen = { width: this.#root.clientWidth, height: this.#root.clientHeight };
    const size = { width: photo.naturalWidth, height: photo.naturalHeight };
    const context = ground.getContext('2d', { willReadFrequently: true });
    if (!size.width || !screen.width || !context) return this.#scrims;
    const fit = chooseFit(size, screen, this.#fit);
    element.dataset.fit = fit;
    ground.width = GROUND_WIDTH;
    ground.height = Math.max(1, Math.round((GROUND_WIDTH * screen.height) / screen.width));
    context.imageSmoothingQuality = 'medium';
    const part = visiblePart(size, screen);
    context.drawImage(photo, part.x, part.y, part.width, part.height, 0, 0, ground.width, ground.height);
    return scrims(context, fit === 'contain');
  }

  /** @param {{top: number, bottom: number}} scrims */
  #shade(scrims) {
    this.#scrims = scrims;
    // Set through the object model, which the content policy allows.
    const { style } = document.documentElement;
    style.setProperty('--scrim-top', scrims.top.toFixed(3));
    style.setProperty('--scrim-bottom', scrims.bottom.toFixed(3));
  }

  /**
   * @param {'shown'|'failed'} name
   * @param {Picture} picture
   */
  #tell(name, picture) {
    this.dispatchEvent(new CustomEvent(name, { detail: picture }));
  }
}

/** @param {string} url */
function isForeign(url) {
  try {
    return new URL(url, location.href).origin !== location.origin;
  } catch {
    return false; // no address at all: it will not load either
  }
}
