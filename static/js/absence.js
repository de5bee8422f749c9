// A screen that nobody touches finds its way back to live by itself: a pause that
// somebody forgot would hold a wall for ever.

/** After so long without a touch, and said so long before. */
const ABSENT_MS = 5 * 60_000;
const NOTICE_MS = 30_000;

const SECOND_MS = 1000;

/** Watches how long nobody has been there while the screen is away from live. */
export class Absence {
  #quiet;
  #on;
  #away = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {() => number} quiet for how many milliseconds nobody has been there
   * @param {{notice: (seconds: number) => void, back: () => void}} on notice is called each second
   *   before back, and with 0 when there is nothing to say any more
   */
  constructor(quiet, on) {
    this.#quiet = quiet;
    this.#on = on;
  }

  /** Whether the screen is away from live. */
  get away() {
    return this.#away;
  }

  /** @param {boolean} away */
  set away(away) {
    if (away === this.#away) return;
    this.#away = away;
    clearTimeout(this.#timer);
    if (away) this.#check();
    else this.#on.notice(0);
  }

  #check() {
    const left = ABSENT_MS - this.#quiet();
    if (left <= 0) {
      this.#on.back();
      return;
    }
    const noticed = left <= NOTICE_MS;
    this.#on.notice(noticed ? Math.ceil(left / SECOND_MS) : 0);
    // A touch meanwhile is seen when the time is up, or at once while it is being said.
    this.#timer = setTimeout(() => this.#check(), noticed ? Math.min(left, SECOND_MS) : left - NOTICE_MS);
  }
}
