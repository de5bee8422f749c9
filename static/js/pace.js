// How fast pictures may change: flashes are dangerous to some people.

/** No more changes than this in so long, however fast the words come. */
const CHANGES = 3;
const SPAN_MS = 2100;

/** Counts the changes of the last moments. */
export class Pace {
  #recent = 0;
  #browser;
  #onFree;

  /**
   * @param {Pick<typeof globalThis, 'setTimeout'>} browser
   * @param {() => void} onFree is called when a change may be possible again
   */
  constructor(browser, onFree) {
    this.#browser = browser;
    this.#onFree = onFree;
  }

  /** Whether the picture may change now. */
  get free() {
    return this.#recent < CHANGES;
  }

  /** Takes note of a change. */
  count() {
    this.#recent++;
    this.#browser.setTimeout(() => {
      this.#recent--;
      this.#onFree();
    }, SPAN_MS);
  }
}
