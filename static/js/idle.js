// Everything but the picture leaves when nobody is there.

/** Nobody is there after this long without input. */
export const IDLE_MS = 4000;

/** An unfinished word or an open strip stays this long without input. */
export const WORKING_MS = 60_000;

/** The label of a picture that arrives meanwhile stays this long. */
const LABEL_MS = 8000;

/** A hand on the table moves the mouse by less than this. */
const TREMBLE_PX = 4;

/** Marks the document as idle, by attributes that the style sheets read. */
export class Idle {
  #patience;
  #root = document.documentElement;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #labelTimer;
  #last = { x: -1, y: -1 };

  /** When somebody was last there. */
  #seen = 0;

  /** @param {() => number} patience how many milliseconds to wait at the moment */
  constructor(patience) {
    this.#patience = patience;
    for (const name of ['keydown', 'pointerdown', 'wheel', 'focusin', 'touchmove']) {
      addEventListener(name, () => this.wake(), { passive: true });
    }
    addEventListener('pointermove', (event) => this.#move(event), { passive: true });
    this.wake();
  }

  get idle() {
    return this.#root.hasAttribute('data-idle');
  }

  /** Somebody is there. */
  wake() {
    this.#root.removeAttribute('data-idle');
    this.#seen = performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#leave(), IDLE_MS);
  }

  /** Shows the label of a new picture for a while, even to an empty room. */
  label() {
    this.#root.setAttribute('data-label', '');
    clearTimeout(this.#labelTimer);
    this.#labelTimer = setTimeout(() => this.#root.removeAttribute('data-label'), LABEL_MS);
  }

  #leave() {
    // Timers may be early by a part of a millisecond.
    if (performance.now() - this.#seen + 1 >= this.#patience()) this.#root.setAttribute('data-idle', '');
    else this.#timer = setTimeout(() => this.#leave(), IDLE_MS);
  }

  /** @param {PointerEvent} event */
  #move({ clientX: x, clientY: y }) {
    const far = Math.hypot(x - this.#last.x, y - this.#last.y) > TREMBLE_PX;
    if (this.idle && !far) return;
    this.#last = { x, y };
    this.wake();
  }
}
