// Where this screen is in the frame's history.

/** @typedef {import('./picture.js').Picture} Picture */

/** As many pictures as the server keeps. */
export const KEPT = 100;

/**
 * The pictures this screen knows, oldest first, and the one it shows. Live, it
 * shows the newest; pinned, it stays where the viewer put it while new ones
 * arrive behind its back and are counted.
 */
export class Cursor {
  /** @type {Picture[]} */
  #pictures = [];
  /** @type {Picture|null} */
  #pinned = null;
  /** @type {Set<string|undefined>} the ids of pictures that were taken off */
  #removed = new Set();

  /** How many pictures arrived since the viewer left the live one. */
  unseen = 0;

  /** @returns {readonly Picture[]} */
  get pictures() {
    return this.#pictures;
  }

  get live() {
    return this.#pinned === null;
  }

  /** The picture to be shown; undefined when there is none yet. */
  get current() {
    return this.#pinned ?? this.#pictures.at(-1);
  }

  get canGoBack() {
    return this.#index() > 0;
  }

  /**
   * Appends a picture from the stream. One that is already known, because the
   * page came with it, is ignored.
   * @param {Picture} picture
   * @param {boolean} [isNew] false when it had been shown before we came
   * @returns {boolean} whether it is now the picture to show
   */
  add(picture, isNew = true) {
    if (this.#removed.has(picture.id) || this.#pictures.some(({ id }) => id === picture.id)) return false;
    this.#pictures.push(picture);
    this.#trim();
    if (!this.live && isNew) this.unseen++;
    return this.live;
  }

  /**
   * Puts the server's history (newest first) before what arrived since.
   * @param {Picture[]} history
   */
  merge(history) {
    history = history.filter(({ id }) => !this.#removed.has(id));
    const known = new Set(history.map(({ id }) => id));
    const newer = this.#pictures.filter(({ id }) => !known.has(id));
    // A picture that the server no longer keeps is older than all it sent.
    const cut = this.#pictures.findIndex(({ id }) => known.has(id));
    const gone = cut > 0 ? new Set(this.#pictures.slice(0, cut)) : new Set();
    this.#pictures = [...[...history].reverse(), ...newer.filter((picture) => !gone.has(picture))];
    this.#trim();
  }

  /**
   * Whether a picture came right after another.
   * @param {Picture} earlier
   * @param {Picture} later
   */
  follows(earlier, later) {
    const index = this.#pictures.findIndex(({ id }) => id === later.id);
    return this.#pictures[index - 1]?.id === earlier.id;
  }

  /** Stays on the picture that is shown now. */
  pause() {
    this.#pinned ??= this.#pictures.at(-1) ?? null;
  }

  /**
   * Stays on one picture.
   * @param {Picture} picture
   */
  pin(picture) {
    this.#pinned = picture;
  }

  /** One picture towards the past. At the oldest it stays there. */
  back() {
    const index = this.#index();
    const earlier = this.#pictures[index - 1];
    if (earlier) this.#pinned = earlier;
    else this.pause();
  }

  /** One picture towards now. Coming to the newest is being live again. */
  forward() {
    const later = this.#pictures[this.#index() + 1];
    if (!later || later === this.#pictures.at(-1)) this.goLive();
    else this.#pinned = later;
  }

  goLive() {
    this.#pinned = null;
    this.unseen = 0;
  }

  /**
   * Forgets a picture that was taken off. Who stays on it goes live.
   * @param {string} id
   */
  remove(id) {
    this.#removed.add(id);
    const index = this.#pictures.findIndex((picture) => picture.id === id);
    if (index >= 0) {
      if (index >= this.#pictures.length - this.unseen) this.unseen--;
      this.#pictures.splice(index, 1);
    }
    if (this.#pinned?.id === id) this.goLive();
  }

  /** Forgets everything, because the server did. */
  clear() {
    this.#pictures = [];
    this.#removed.clear();
    this.goLive();
  }

  /** -1 when the pinned picture is older than all that are kept. */
  #index() {
    return this.#pictures.findIndex(({ id }) => id === this.current?.id);
  }

  #trim() {
    this.#pictures.splice(0, this.#pictures.length - KEPT);
  }
}
