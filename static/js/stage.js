// Shows one picture at a time, only once it is complete, and always one.

import { aria } from './dom.js';
import { arrange } from './ground.js';
import { Images } from './images.js';
import { Inks } from './ink.js';
import { fadeIn, hang, layers, ready } from './layer.js';
import { beside, pair } from './pair.js';
import { describe } from './picture.js';
import { Sharp } from './sharp.js';
import { Turns } from './turns.js';

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
  #follows;
  #images;
  #sharp;
  /** @type {Turns<HTMLImageElement>} */
  #turns;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Layer} */
  #front;
  /** @type {Layer} */
  #back;
  /** @type {Picture|null} */
  #shown = null;
  /** The address of the picture at the front, as the server gave it. */
  #url;
  #inks;
  #count = 0;
  /** @type {Set<string|undefined>} what was taken off since a turn began */
  #gone = new Set();

  /**
   * @param {HTMLElement} root holds the layer that came with the page
   * @param {{fit: ''|'cover'|'contain', picture: Picture|null, welcome: string,
   *   sizes: import('./sizes.js').Sizes, follows: (earlier: Picture, later: Picture) => boolean}} options
   *   follows tells whether no picture came between two
   */
  constructor(root, { fit, picture, welcome, sizes, follows }) {
    super();
    this.#root = root;
    this.#fit = fit;
    this.#shown = picture;
    this.#welcome = welcome;
    this.#follows = follows;
    this.#url = picture?.url ?? welcome;
    this.#images = new Images(sizes);
    this.#sharp = new Sharp((...how) => this.#images.load(...how), () => this.#inks.look());
    this.#turns = new Turns(globalThis, {
      mayLoad: () => !document.hidden,
      load: (url, tried, signal) => this.#images.load(url, tried, signal),
      turn: (turned, image) => this.#turn(turned, image),
      failed: (failed) => this.#fail(failed),
    });
    [this.#front, this.#back] = layers(root, picture);
    this.#inks = new Inks(() => [this.#front, this.#screen]);
    this.#begin();

    document.addEventListener('visibilitychange', () => this.#turns.proceed());
    document.addEventListener('visibilitychange', () => this.#sharpen());
    addEventListener('resize', () => {
      arrange(this.#front, this.#screen, this.#fit);
      this.#inks.look();
      this.#sharpen();
    });
  }

  /** The picture on screen; null when it is only the one that welcomes. */
  get shown() {
    return this.#shown;
  }

  /** The earlier picture that hangs beside it, where two portraits do. */
  get beside() {
    return pair(this.#front, this.#screen)[1] && this.#front.beside?.picture;
  }

  /** Whether a picture is being tried again that could not be loaded. */
  get failing() {
    return this.#turns.failing;
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
    this.#turns.again();
  }

  /** Gives up every picture that does not hang yet. */
  forget() {
    this.#turns.forget();
  }

  /**
   * Gives up a picture that was taken off, unless it hangs already.
   * @param {string} id
   * @returns {boolean} whether it hangs
   */
  remove(id) {
    this.#turns.remove(id);
    this.#gone.add(id);
    const isBeside = this.#front.beside?.picture?.id === id;
    if (isBeside) this.#url = ''; // what hangs has to turn, to hang alone
    return isBeside || this.#shown?.id === id;
  }

  /** @param {Picture} picture @param {boolean} only */
  #ask(picture, only) {
    if (this.#turns.waits(picture) || !this.#isOnScreen(picture)) {
      this.#sharp.stop();
      this.#turns.want(picture, { only });
      return;
    }
    this.forget();
    this.#announce(picture);
    this.#sharpen();
  }

  /** A newer picture comes first: it needs the line more than sharpness. */
  #sharpen() {
    if (!this.#turns.busy) this.#sharp.look(...pair(this.#front, this.#screen));
  }

  /** Settles the picture that came in the page. */
  async #begin() {
    const { photo } = this.#front;
    const loaded = await ready(photo);
    if (photo !== this.#front.photo) return; // a newer picture hangs already
    if (loaded) {
      this.#images.worked(photo);
      arrange(this.#front, this.#screen, this.#fit);
      this.#inks.look(0);
      this.#sharpen();
      return;
    }
    photo.classList.add('is-broken');
    if (!this.#turns.busy) this.#turns.want(this.#shown ?? this.#welcomer(), { tried: this.#url });
  }

  /** @param {Picture} picture */
  async #fail(picture) {
    this.#tell('failed', picture);
    if (!this.#isBroken || picture.url === this.#welcome) return;
    // Nothing hangs. What the program draws itself stands in.
    const image = await this.#images.load(this.#welcome, '', new AbortController().signal);
    if (image && this.#isBroken && !this.#turns.ready) this.#turns.hang(this.#welcomer(), image);
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
   * Brings the back to the front.
   * @param {Picture} picture
   * @param {HTMLImageElement} image
   */
  async #turn(picture, image) {
    const [entering, leaving] = [this.#back, this.#front];
    this.#gone.clear();
    const earlier = await beside(leaving, image, this.#screen);
    if (this.#gone.has(picture.id)) return; // nobody gets to see it
    const two = earlier?.picture && !this.#gone.has(earlier.picture.id) && this.#follows(earlier.picture, picture) ? earlier : null;
    hang(entering, { photo: image, picture }, two);
    this.#url = picture.url;
    entering.element.dataset.drift = String(this.#count++ % DRIFTS);
    this.#front = entering;
    this.#back = leaving;
    arrange(entering, this.#screen, this.#fit);
    this.#announce(picture);
    this.#inks.look(this.#still.matches ? 0 : undefined);

    aria(entering.element, 'hidden', null);
    aria(leaving.element, 'hidden', true);
    entering.element.classList.add('is-entering');
    if (!this.#still.matches) await fadeIn(entering.element);
    leaving.element.classList.remove('is-shown');
    entering.element.classList.add('is-shown');
    entering.element.classList.remove('is-entering');
    this.#sharpen();
  }

  /** @param {Picture} picture */
  #announce(picture) {
    this.#front.photo.alt = describe(picture);
    this.#shown = picture.keyword ? picture : null;
    this.#tell('shown', picture);
  }

  get #screen() {
    return { width: this.#root.clientWidth, height: this.#root.clientHeight };
  }

  /**
   * @param {'shown'|'failed'} name
   * @param {Picture} picture
   */
  #tell(name, picture) {
    this.dispatchEvent(new CustomEvent(name, { detail: picture }));
  }
}
