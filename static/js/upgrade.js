// A wall that nobody touches for months gets the page's new version by itself.

const MINUTE_MS = 60_000;

/** Walls that hear of a version together do not all come for it at once. */
const SPREAD_MS = 5 * MINUTE_MS;

/** Nobody has been there for so long. */
const QUIET_MS = MINUTE_MS;

/** By then the page is not waited for in peace any more: a pause without a touch is enough. */
const LATEST_MS = 25 * MINUTE_MS;
const PAUSE_MS = 10_000;

/** Between two looks. */
const LOOK_MS = 5000;

/** Where what somebody has typed lies during a reload. */
const KEPT = 'picture-frame word';

/**
 * @typedef {object} Page
 * @property {() => number} quiet for how many milliseconds nobody has been there
 * @property {() => boolean} free whether nothing would be lost: no search, no open card, no held picture
 * @property {() => void} reload
 */

/** Reloads the page when the server has another version of it and nobody would notice. */
export class Upgrade {
  #version;
  #page;
  #now;
  #random;
  /** The version that the server has. */
  #next = '';
  #heardAt = 0;
  #spread = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {string} version of this page
   * @param {Page} page
   * @param {() => number} now a clock that never goes back
   * @param {() => number} [random]
   */
  constructor(version, page, now, random = Math.random) {
    this.#version = version;
    this.#page = page;
    this.#now = now;
    this.#random = random;
  }

  /** Takes note of the version that the server has. @param {string|undefined} version */
  hear(version) {
    // While processes of two versions run, the last word counts.
    this.#next = !this.#version || !version || version === this.#version ? '' : version;
    if (!this.#next || this.#timer !== undefined) return;
    this.#heardAt = this.#now();
    this.#spread = this.#random() * SPREAD_MS;
    this.#later();
  }

  #later() {
    this.#timer = setTimeout(() => this.#look(), LOOK_MS);
  }

  async #look() {
    if (!this.#next) {
      this.#timer = undefined;
      return;
    }
    const waited = this.#now() - this.#heardAt;
    const quiet = this.#page.quiet();
    const inPeace = waited >= this.#spread && (document.hidden || quiet >= QUIET_MS) && this.#page.free();
    if ((inPeace || (waited >= LATEST_MS && quiet >= PAUSE_MS)) && (await this.#isThere(this.#next))) {
      this.#page.reload();
      return;
    }
    this.#later();
  }

  /**
   * Whether a reload would bring that version: a server that is away, an older
   * process and a cache would not.
   * @param {string} version
   */
  async #isThere(version) {
    try {
      const response = await fetch(location.href, { cache: 'no-store', headers: { Accept: 'text/html' } });
      return response.ok && (await response.text()).includes(`"version":"${version}"`);
    } catch {
      return false;
    }
  }
}

/**
 * Reloads, and keeps what somebody has typed.
 * @param {string} word
 */
export function reloadKeeping(word) {
  try {
    if (word) sessionStorage.setItem(KEPT, word);
  } catch {
    // Storage may be forbidden; then the word is lost after 25 minutes.
  }
  location.reload();
}

/** What had been typed before the page reloaded itself. */
export function keptWord() {
  try {
    const word = sessionStorage.getItem(KEPT) ?? '';
    sessionStorage.removeItem(KEPT);
    return word;
  } catch {
    return '';
  }
}
