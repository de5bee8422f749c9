// Shows one picture at a time, only once it is complete, and always one.

import { aria } from './dom.js';
import { arrange, shade } from './ground.js';
import { Images } from './images.js';
import { fadeIn, parts, ready } from './layer.js';
import { STRONGEST } from './light.js';
import { Loader } from './loader.js';
import { Pace } from './pace.js';
import { describe } from './picture.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./layer.js').Layer} Layer */

/** There are this many places towards which a picture can drift. */
const DRIFTS = 4;

/**
 * Shows pictures by cross-fading two layers that live as long as the page, so
 * ten thousand pictures take the room of two. A picture appears once it has been
 * loaded; a hidden tab loads none. One that cannot be loaded is tried again.
 *
 * It dispatches `shown` when a picture begins to appear and `failed` each time
 * that one could not be loaded, both with the picture as detail.
 */
export class Stage extends EventTarget {
  #root;
  #fit;
  #welcome;
  #sizes;
  #images;
  /** @type {Loader<HTMLImageElement>} */
  #loader;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Layer} */
  #front;
  /** @type {Layer} */
  #back;
  /** @type {{picture: Picture, image: HTMLImageElement}|null} loaded, and waiting for its turn */
  #next = null;
  /** @type {Picture|null} */
  #shown = null;
  /** The address of the picture at the front, as the server gave it. */
  #url;
  #turning = false;
  #pace = new Pace(() => this.#work());
  #scrims = { top: STRONGEST, bottom: STRONGEST };
  #turns = 0;

  /**
   * @param {HTMLElement} root holds the layer that came with the page
   * @param {{fit: ''|'cover'|'contain', picture: Picture|null, welcome: string,
   *   sizes: import('./sizes.js').Sizes}} options
   */
  constructor(root, { fit, picture, welcome, sizes }) {
    super();
    this.#root = root;
    this.#fit = fit;
    this.#shown = picture;
    this.#welcome = welcome;
    this.#url = picture?.url ?? welcome;
    this.#sizes = sizes;
    this.#images = new Images(sizes);
    this.#loader = new Loader(globalThis, (url, tried, signal) => this.#images.load(url, tried, signal), {
      // What waits for its turn comes first: a flood loads no more than it shows.
      mayLoad: () => !document.hidden && !this.#next,
      loaded: (loaded, image) => this.#hang(loaded, image),
      failed: (failed) => this.#fail(failed),
    });
    const first = /** @type {HTMLElement} */ (root.querySelector('.layer'));
    const second = /** @type {HTMLElement} */ (first.cloneNode(true));
    second.classList.remove('is-shown');
    aria(second, 'hidden', true);
    second.querySelector('img')?.removeAttribute('src');
    second.querySelector('img')?.removeAttribute('fetchpriority');
    root.append(second);
    this.#front = parts(first);
    this.#back = parts(second);
    this.#begin();

    document.addEventListener('visibilitychange', () => this.#loader.proceed());
    addEventListener('resize', () => this.#shade(this.#arrange(this.#front)));
  }

  /** The picture on screen; null when it is only the one that welcomes. */
  get shown() {
    return this.#shown;
  }

  /** Whether a picture is being tried again that could not be loaded. */
  get failing() {
    return this.#loader.failing;
  }

  /**
   * Asks for a picture that has just been published. One that is already on its
   * way may come first.
   * @param {Picture} picture
   */
  follow(picture) {
    this.#ask(picture, false);
  }

  /**
   * Asks for a picture, and no other before it.
   * @param {Picture} picture
   */
  show(picture) {
    this.#ask(picture, true);
  }

  /** Tries again to load what is missing, because the network may be back. */
  again() {
    this.#loader.again();
  }

  /** Gives up every picture that does not hang yet. */
  forget() {
    this.#next = null;
    this.#loader.forget();
  }

  /**
   * Gives up a picture that was taken off, unless it hangs already.
   * @param {string} id
   * @returns {boolean} whether it hangs
   */
  remove(id) {
    if (this.#next?.picture.id === id) this.#next = null;
    this.#loader.remove(id);
    return this.#shown?.id === id;
  }

  /** @param {Picture} picture @param {boolean} only */
  #ask(picture, only) {
    if (this.#next?.picture.url === picture.url) {
      this.#next.picture = picture;
      if (only) this.#loader.forget();
    } else if (this.#isOnScreen(picture)) {
      this.forget();
      this.#announce(picture);
    } else {
      if (only) this.#next = null;
      this.#loader.want(picture, { only });
    }
  }

  /** Settles the picture that came in the page. */
  async #begin() {
    const { photo } = this.#front;
    const loaded = await ready(photo);
    if (photo !== this.#front.photo) return; // a newer picture hangs already
    if (loaded) {
      this.#sizes.worked(photo.src);
      this.#shade(this.#arrange(this.#front));
      return;
    }
    photo.classList.add('is-broken');
    if (!this.#loader.busy && !this.#next) this.#loader.want(this.#shown ?? this.#welcomer(), { tried: this.#url });
  }

  /** @param {Picture} picture */
  async #fail(picture) {
    this.#tell('failed', picture);
    if (!this.#isBroken || picture.url === this.#welcome) return;
    // Nothing hangs. What the program draws itself stands in.
    const image = await this.#images.load(this.#welcome, '', new AbortController().signal);
    if (image && this.#isBroken && !this.#next) this.#hang(this.#welcomer(), image);
  }

  /** @returns {Picture} */
  #welcomer() {
    return { url: this.#welcome, keyword: '' };
  }

  get #isBroken() {
    return this.#front.photo.classList.contains('is-broken');
  }

  /** @param {Picture} picture */
  #isOnScreen(picture) {
    return !this.#isBroken && this.#url === picture.url;
  }

  /**
   * Hangs a picture that has been loaded, as soon as that is possible.
   * @param {Picture} picture
   * @param {HTMLImageElement} image
   */
  #hang(picture, image) {
    this.#next = { picture, image };
    this.#work();
  }

  async #work() {
    if (this.#turning || !this.#pace.free || !this.#next) return;
    const { picture, image } = this.#next;
    this.#next = null;
    this.#turning = true;
    this.#pace.count();
    try {
      const turned = this.#turn(picture, image);
      this.#loader.proceed(); // while this one fades in
      await turned;
    } finally {
      // Whatever has happened, the next picture gets its chance.
      this.#turning = false;
    }
    this.#work();
  }

  /**
   * Brings the back to the front.
   * @param {Picture} picture
   * @param {HTMLImageElement} image
   */
  async #turn(picture, image) {
    const [entering, leaving] = [this.#back, this.#front];
    entering.photo.replaceWith(image);
    entering.photo = image;
    this.#url = picture.url;
    entering.element.dataset.drift = String(this.#turns++ % DRIFTS);
    this.#front = entering;
    this.#back = leaving;
    const needed = this.#arrange(entering);
    // While both pictures are seen, the words need what the brighter one asks.
    this.#shade({ top: Math.max(needed.top, this.#scrims.top), bottom: Math.max(needed.bottom, this.#scrims.bottom) });
    this.#announce(picture);

    aria(entering.element, 'hidden', null);
    aria(leaving.element, 'hidden', true);
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

  /** The scrims that a layer's picture needs, once it is fitted to the screen. @param {Layer} layer */
  #arrange(layer) {
    const screen = { width: this.#root.clientWidth, height: this.#root.clientHeight };
    return arrange(layer, screen, this.#fit) ?? this.#scrims;
  }

  /** @param {{top: number, bottom: number}} scrims */
  #shade(scrims) {
    this.#scrims = scrims;
    shade(scrims);
  }

  /**
   * @param {'shown'|'failed'} name
   * @param {Picture} picture
   */
  #tell(name, picture) {
    this.dispatchEvent(new CustomEvent(name, { detail: picture }));
  }
}
