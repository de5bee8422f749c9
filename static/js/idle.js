// Everything but the picture leaves when nobody is there.

/** Nobody is there after this long without input. */
export const IDLE_MS = 4000;

/** The label of a picture that arrives meanwhile stays this long. */
const LABEL_MS = 8000;

/** A hand on the table moves the mouse by less than this. */
const TREMBLE_PX = 4;

/** Marks the document as idle, by attributes that the style sheets read. */
export class Idle {
  #busy;
  #root = document.documentElement;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #labelTimer;
  #last = { x: -1, y: -1 };

  /** @param {() => boolean} busy whether something is going on that must stay */
  constructor(busy) {
    this.#busy = busy;
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
    if (this.#busy()) this.wake();
    else this.#root.setAttribute('data-idle', '');
  }

  /** @param {PointerEvent} event */
  #move({ clientX: x, clientY: y }) {
    const far = Math.hypot(x - this.#last.x, y - this.#last.y) > TREMBLE_PX;
    if (this.idle && !far) return;
    this.#last = { x, y };
    this.wake();
  }
}
