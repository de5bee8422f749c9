// Which picture hangs when: each once it is loaded, one after another, and not too
// many in a short time.

import { Loader } from './loader.js';
import { Pace } from './pace.js';

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * Loads what is wanted and lets it hang. Under a flood of words some pictures are
 * never seen, but none that is on its way is given up, and the newest hangs in the
 * end.
 * @template Image
 */
export class Turns {
  #turn;
  #pace;
  /** @type {Loader<Image>} */
  #loader;
  /** @type {{picture: Picture, image: Image}|null} loaded, and waiting for its turn */
  #next = null;
  #turning = false;

  /**
   * @param {import('./loader.js').Browser} browser
   * @param {{
   *   mayLoad(): boolean,
   *   load(url: string, tried: string, signal: AbortSignal): Promise<Image|null>,
   *   turn(picture: Picture, image: Image): Promise<void>,
   *   failed(picture: Picture): void,
   * }} on load is as Loader's; turn ends when the picture hangs
   */
  constructor(browser, { mayLoad, load, turn, failed }) {
    this.#turn = turn;
    this.#pace = new Pace(browser, () => this.#work());
    this.#loader = new Loader(browser, load, {
      // What waits for its turn comes first: a flood loads no more than it shows.
      mayLoad: () => mayLoad() && !this.#next,
      loaded: (picture, image) => this.hang(picture, image),
      failed,
    });
  }

  /** Whether a picture is being tried again that could not be loaded. */
  get failing() {
    return this.#loader.failing;
  }

  /** Whether a picture is loaded and waits for its turn. */
  get ready() {
    return this.#next !== null;
  }

  /** Whether a picture is wanted that does not hang yet. */
  get busy() {
    return this.ready || this.#loader.busy;
  }

  /** Whether a picture is loaded and waits for its turn. @param {Picture} picture */
  waits({ url }) {
    return this.#next?.picture.url === url;
  }

  /**
   * Asks for a picture.
   * @param {Picture} picture
   * @param {{only?: boolean, tried?: string}} [options] as Loader's
   */
  want(picture, { only = false, tried = '' } = {}) {
    if (this.#next && this.waits(picture)) {
      this.#next.picture = picture;
      if (only) this.#loader.forget();
      return;
    }
    if (only) this.#next = null;
    this.#loader.want(picture, { only, tried });
  }

  /** Gives up every picture that does not hang yet. */
  forget() {
    this.#next = null;
    this.#loader.forget();
  }

  /** Gives up one picture that does not hang yet. @param {string} id */
  remove(id) {
    if (this.#next?.picture.id === id) this.#next = null;
    this.#loader.remove(id);
  }

  /** Tries again to load what is missing, because the network may be back. */
  again() {
    this.#loader.again();
  }

  /** Begins to load what is wanted, if it may. */
  proceed() {
    this.#loader.proceed();
  }

  /**
   * Hangs a picture that has been loaded, as soon as that is possible.
   * @param {Picture} picture
   * @param {Image} image
   */
  hang(picture, image) {
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
}
