// Everything but the picture leaves when nobody is there.

/** Nobody is there after this long without input. */
export const IDLE_MS = 4000;

/** An unfinished word or an open strip stays this long without input. */
export const WORKING_MS = 60_000;

/** The label of a picture that arrives meanwhile stays this long. */
const LABEL_MS = 8000;

/** A hand on the table moves the mouse by less than this. */
const TREMBLE_PX = 4;

/** A second tap so soon after the one that woke the controls met them half faded in. */
const DOUBLE_MS = 500;

/** What a touch or a click consists of, in this order; pointerdown begins it. */
const PARTS = ['pointerdown', 'mousedown', 'pointerup', 'click', 'auxclick', 'contextmenu'];

/**
 * Marks the document as idle, by attributes that the style sheets read. Whoever
 * touches an idle page sees nothing that could be pressed, so that touch only
 * brings the controls back, and does nothing else. The same holds for keys, which
 * keys.js asks for; no key that writes is lost.
 */
export class Idle {
  #patience;
  #root = document.documentElement;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #labelTimer;
  #last = { x: -1, y: -1 };

  /** What had the focus when the page became idle. @type {Element|null} */
  #focused = null;

  /** When somebody was last there. */
  #seen = 0;

  /** Whether the touch that is going on, or was last, only wakes. */
  #waking = false;
  #wokeAt = -DOUBLE_MS;

  /** @param {() => number} patience how many milliseconds to wait at the moment */
  constructor(patience) {
    this.#patience = patience;
    for (const name of PARTS) addEventListener(name, (event) => this.#guard(/** @type {MouseEvent} */ (event)), { capture: true });
    for (const name of ['keydown', 'pointerdown', 'wheel', 'touchmove']) {
      addEventListener(name, () => this.wake(), { passive: true });
    }
    // A window that comes to the front gives the focus to the element that had it.
    addEventListener('focusin', ({ target }) => { if (!this.idle || target !== this.#focused) this.wake(); });
    addEventListener('pointermove', (event) => this.#move(event), { passive: true });
    this.wake();
  }

  get idle() {
    return this.#root.hasAttribute('data-idle');
  }

  /** For how many milliseconds nobody has been there. */
  get quiet() {
    return performance.now() - this.#seen;
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
    if (this.quiet + 1 >= this.#patience()) {
      this.#focused = document.activeElement;
      this.#root.setAttribute('data-idle', '');
    } else this.#timer = setTimeout(() => this.#leave(), IDLE_MS);
  }

  /**
   * Keeps a touch that only wakes from everything else.
   * @param {MouseEvent} event
   */
  #guard(event) {
    if (event.type === 'pointerdown') {
      if (this.idle) this.#wokeAt = event.timeStamp;
      this.#waking = event.timeStamp - this.#wokeAt < DOUBLE_MS;
      if (this.#waking) this.wake();
    }
    // A key or an assistive technology clicks what it has found, without a touch.
    if (!this.#waking || (event.type === 'click' && event.detail === 0)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {PointerEvent} event */
  #move({ clientX: x, clientY: y }) {
    const far = Math.hypot(x - this.#last.x, y - this.#last.y) > TREMBLE_PX;
    if (this.idle && !far) return;
    this.#last = { x, y };
    this.wake();
  }
}
