// Which picture is loaded when: one after another, again after a failure, and
// the newest in the end.

import { Timers } from './transport/browser.js';
import { backoff } from './transport/fallback.js';

/** @typedef {import('./picture.js').Picture} Picture */

/** After this long, a picture is no longer waited for alone: a newer one is loaded beside it. */
const OVERDUE_MS = 2500;

/**
 * So many pictures are loaded side by side at most. None is given up for another:
 * on a slow network under a flood of words none would ever be complete.
 */
const MOST = 3;

/** A load that has not ended by then has failed; twice as long after a failure, and once more. */
const LIMIT_MS = 60_000;
const LIMIT_DOUBLINGS = 2;

/**
 * A picture being loaded.
 * @typedef {object} Job
 * @property {Picture} picture
 * @property {boolean} overdue
 * @property {AbortController} stop
 * @property {Timers<'overdue'|'limit'>} timers
 *
 * @typedef {Pick<typeof globalThis, 'setTimeout'|'clearTimeout'> & {Math: {random(): number}}} Browser
 */

/**
 * Loads the picture that is wanted. A newer one does not cancel a picture that
 * is on its way: under a flood of words, pictures would otherwise never arrive.
 * A picture that fails is tried again, later each time, until it is loaded or a
 * newer one is wanted.
 * @template Image
 */
export class Loader {
  #browser;
  #load;
  #on;
  /** @type {Timers<'retry'>} */
  #timers;
  /** @type {{picture: Picture, failures: number, tried: string}|null} the newest one, until it is loaded */
  #wanted = null;
  /** @type {Job[]} the oldest first */
  #jobs = [];

  /**
   * @param {Browser} browser
   * @param {(url: string, tried: string, signal: AbortSignal) => Promise<Image|null>} load gives null
   *   when the picture could not be loaded, and when the signal says stop; `tried` is an address
   *   that has just failed
   * @param {{
   *   mayLoad(): boolean,
   *   loaded(picture: Picture, image: Image): void,
   *   failed(picture: Picture): void,
   * }} on
   */
  constructor(browser, load, on) {
    this.#browser = browser;
    this.#load = load;
    this.#on = on;
    this.#timers = new Timers(browser);
  }

  /** Whether a picture is wanted that has failed to load so far. */
  get failing() {
    return this.#wanted !== null && this.#wanted.failures > 0;
  }

  /** Whether a picture is wanted that has not been loaded. */
  get busy() {
    return this.#wanted !== null;
  }

  /**
   * Asks for a picture, instead of the one that was wanted so far.
   * @param {Picture} picture
   * @param {{only?: boolean, tried?: string}} [options] only: no other picture may come first;
   *   tried: an address of it that has just failed
   */
  want(picture, { only = false, tried = '' } = {}) {
    const { url } = picture;
    for (const job of [...this.#jobs]) {
      if (job.picture.url === url) job.picture = picture;
      else if (only) this.#drop(job);
    }
    if (this.#wanted?.picture.url === url) {
      this.#wanted.picture = picture;
    } else {
      this.#timers.clear('retry');
      this.#wanted = { picture, failures: 0, tried };
    }
    this.proceed();
  }

  /** Wants nothing any more. */
  forget() {
    this.#wanted = null;
    this.#timers.clear('retry');
    for (const job of [...this.#jobs]) this.#drop(job);
  }

  /**
   * Gives up one picture.
   * @param {string} id
   */
  remove(id) {
    for (const job of this.#jobs.filter(({ picture }) => picture.id === id)) this.#drop(job);
    if (this.#wanted?.picture.id !== id) return;
    this.#wanted = null;
    this.#timers.clear('retry');
  }

  /** Tries again at once, because the network may be back. */
  again() {
    this.#timers.clear('retry');
    for (const job of this.#jobs.filter(({ overdue }) => overdue)) this.#drop(job);
    this.proceed();
  }

  /** Begins to load what is wanted, if it may. */
  proceed() {
    const wish = this.#wanted;
    if (!wish || this.#timers.has('retry') || !this.#on.mayLoad()) return;
    if (this.#jobs.some((job) => job.picture.url === wish.picture.url)) return;
    const soon = this.#jobs.some((job) => !job.overdue); // ends, or is overdue, soon
    if (!soon && this.#jobs.length < MOST) this.#start(wish);
  }

  /** @param {{picture: Picture, failures: number, tried: string}} wish */
  async #start(wish) {
    /** @type {Job} */
    const job = { picture: wish.picture, overdue: false, stop: new AbortController(), timers: new Timers(this.#browser) };
    const limit = LIMIT_MS * 2 ** Math.min(wish.failures, LIMIT_DOUBLINGS);
    job.timers.set('limit', limit, () => job.stop.abort());
    job.timers.set('overdue', OVERDUE_MS, () => {
      job.overdue = true;
      this.proceed();
    });
    this.#jobs.push(job);
    const { tried } = wish;
    wish.tried = '';
    const image = await this.#load(wish.picture.url, tried, job.stop.signal);
    const place = this.#jobs.indexOf(job);
    if (place < 0) return; // dropped
    const older = image ? this.#jobs.slice(0, place) : [];
    for (const done of [...older, job]) this.#drop(done);
    if (image) this.#succeed(job, image);
    else this.#fail(job);
  }

  /**
   * @param {Job} job
   * @param {Image} image
   */
  #succeed({ picture }, image) {
    if (this.#wanted?.picture.url === picture.url) {
      this.#wanted = null;
      this.#timers.clear('retry');
    }
    this.#on.loaded(picture, image);
    this.proceed();
  }

  /** @param {Job} job */
  #fail({ picture }) {
    const wish = this.#wanted;
    if (wish?.picture.url === picture.url) {
      wish.failures++;
      const pause = backoff(wish.failures, () => this.#browser.Math.random());
      this.#timers.set('retry', pause, () => this.proceed());
      this.#on.failed(wish.picture);
    }
    this.proceed();
  }

  /** @param {Job} job */
  #drop(job) {
    this.#jobs = this.#jobs.filter((each) => each !== job);
    job.timers.clear('overdue', 'limit');
    job.stop.abort();
  }
}
