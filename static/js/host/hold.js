// How long each picture stays, in steps that a thumb can make.

/** In seconds. */
const STEPS = [0, 1, 2, 3, 4, 5, 8, 10, 15, 20, 30, 45, 60];

/** Some presses in a row are one wish. */
const SETTLE_MS = 500;

/** Two buttons and the time between them. */
export class Hold {
  #shorter;
  #longer;
  #output;
  #set;
  /** What the server has, in ms. */
  #known = 0;
  /** @type {number|null} what was chosen, until the server has it */
  #wish = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {HTMLButtonElement} shorter
   * @param {HTMLButtonElement} longer
   * @param {HTMLElement} output
   * @param {(ms: number) => Promise<boolean>} set
   */
  constructor(shorter, longer, output, set) {
    this.#shorter = shorter;
    this.#longer = longer;
    this.#output = output;
    this.#set = set;
    shorter.addEventListener('click', () => this.#step([...STEPS].reverse().find((each) => each * 1000 < this.#now)));
    longer.addEventListener('click', () => this.#step(STEPS.find((each) => each * 1000 > this.#now)));
  }

  /** @param {number} ms as the server has it */
  draw(ms) {
    this.#known = ms;
    this.#show();
  }

  get #now() {
    return this.#wish ?? this.#known;
  }

  #show() {
    const ms = this.#now;
    this.#output.textContent = ms ? `${ms / 1000} s` : 'As it comes';
    const focus = document.activeElement;
    this.#shorter.disabled = ms <= 0;
    this.#longer.disabled = ms >= 1000 * (STEPS[STEPS.length - 1] ?? 0);
    for (const [one, other] of [[this.#shorter, this.#longer], [this.#longer, this.#shorter]]) {
      if (focus === one && one?.disabled) other?.focus(); // at the end there is one way
    }
  }

  /** @param {number|undefined} seconds */
  #step(seconds) {
    if (seconds === undefined) return;
    this.#wish = seconds * 1000;
    this.#show();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const wish = this.#wish ?? 0;
      if (await this.#set(wish)) this.#known = wish;
      if (this.#wish === wish) this.#wish = null;
      this.#show();
    }, SETTLE_MS);
  }
}
