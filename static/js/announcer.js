// What screen readers hear.

/** Between two lines: under a flood of pictures nobody could listen otherwise. */
const APART_MS = 5000;

/** Says one line at a time: of each kind the newest, of all kinds what has come meanwhile. */
export class Announcer {
  #place;
  /** @type {Map<string, string>} by kind */
  #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {HTMLElement} place a live region */
  constructor(place) {
    this.#place = place;
  }

  /**
   * @param {'answer'|'picture'|'state'} kind
   * @param {string} text
   */
  say(kind, text) {
    this.#waiting.set(kind, text);
    if (this.#timer === undefined) this.#speak();
  }

  #speak() {
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    this.#place.textContent = [...this.#waiting.values()].join('. ');
    this.#waiting.clear();
    this.#timer = setTimeout(() => this.#speak(), APART_MS);
  }
}
