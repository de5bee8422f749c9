// This screen's way through the frame's history.

import { Cursor, KEPT } from './cursor.js';

/** @typedef {import('./picture.js').Picture} Picture */

/** Pictures that were missed come together: this long after one, the newest is there. */
const REPLAY_MS = 50;

/** A frame that was cleared may get its next picture at once. */
const EMPTY_MS = 1500;

/**
 * Moves the cursor, shows its picture, and fetches the earlier pictures when they
 * are needed for the first time. It dispatches `moved` whenever
 * the cursor or what it knows has changed, and `failed` when the history could
 * not be fetched.
 */
export class Walk extends EventTarget {
  cursor = new Cursor();
  #stage;
  #frame;
  #welcome;
  /** @type {Promise<void>|null} */
  #loading = null;
  /** Whether the cursor knows all that the server keeps. */
  #complete = false;
  /** Counts the resets: what was asked for before one is out of date. */
  #era = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #emptying;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #replay;

  /**
   * @param {import('./stage.js').Stage} stage
   * @param {{frame: string, welcome: string}} data
   */
  constructor(stage, { frame, welcome }) {
    super();
    this.#stage = stage;
    this.#frame = frame;
    this.#welcome = welcome;
  }

  /** Whether there may be an earlier picture. */
  get canGoBack() {
    return this.cursor.canGoBack || (!this.#complete && this.cursor.current !== undefined);
  }

  /**
   * Takes a picture from the stream.
   * @param {Picture} picture
   * @param {{isNew: boolean, live: boolean}} how isNew: nobody has seen it before this page was
   *   opened; live: it has just been published, and is no replay of what was missed
   */
  arrive(picture, { isNew, live }) {
    clearTimeout(this.#emptying);
    if (this.cursor.add(picture, isNew)) {
      clearTimeout(this.#replay);
      if (live) this.#stage.follow(picture);
      else this.#replay = setTimeout(() => this.#stage.follow(picture), REPLAY_MS);
    }
    this.#tell('moved');
  }

  async back() {
    await this.need();
    this.#move(() => this.cursor.back());
  }

  forward() {
    if (!this.cursor.live) this.#move(() => this.cursor.forward());
  }

  live() {
    this.#move(() => this.cursor.goLive());
  }

  /** Stays on the picture, or goes on. */
  pause() {
    this.#move(() => (this.cursor.live ? this.cursor.pause() : this.cursor.goLive()));
  }

  /** @param {Picture} picture */
  pick(picture) {
    const newest = picture.id === this.cursor.pictures.at(-1)?.id;
    this.#move(() => (newest ? this.cursor.goLive() : this.cursor.pin(picture)));
  }

  /**
   * The server has forgotten pictures that this screen knows.
   * @param {boolean} cleared on purpose, while we watched; else what hangs may
   *   stay, because the server has only been restarted or we were away too long
   */
  reset(cleared) {
    this.cursor.clear();
    this.#complete = false;
    this.#loading = null;
    this.#era++;
    clearTimeout(this.#replay);
    this.#tell('moved');
    clearTimeout(this.#emptying);
    if (!cleared) return;
    this.#stage.forget();
    this.#emptying = setTimeout(() => this.#stage.show({ url: this.#welcome, keyword: '' }), EMPTY_MS);
  }

  /**
   * The host has taken a picture off. Where it hangs, the one before comes back.
   * @param {string} id
   */
  async remove(id) {
    this.cursor.remove(id);
    clearTimeout(this.#replay);
    const hangs = this.#stage.remove(id);
    this.#tell('moved');
    if (!this.cursor.current) await this.need();
    const { current } = this.cursor;
    if (current && (hangs || current.id !== this.#stage.shown?.id)) this.#stage.show(current);
    else if (hangs) this.#stage.show({ url: this.#welcome, keyword: '' });
  }

  /** Fetches the history unless it is known. It never rejects. */
  need() {
    if (this.#complete) return Promise.resolve();
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load() {
    const era = this.#era;
    try {
      const address = `/history?frame=${encodeURIComponent(this.#frame)}&limit=${KEPT}`;
      const response = await fetch(address, { headers: { Accept: 'application/json' } });
      if (!response.ok) throw new Error(response.statusText);
      const { pictures } = await response.json();
      if (era !== this.#era) return;
      this.cursor.merge(pictures);
      this.#complete = true;
      this.#tell('moved');
    } catch {
      // The next call of need() tries again.
      this.#tell('failed');
    } finally {
      if (era === this.#era) this.#loading = null;
    }
  }

  /** @param {() => void} step */
  #move(step) {
    step();
    this.#show();
    this.#tell('moved');
  }

  #show() {
    clearTimeout(this.#replay);
    if (this.cursor.current) this.#stage.show(this.cursor.current);
  }

  /** @param {'moved'|'failed'} name */
  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
