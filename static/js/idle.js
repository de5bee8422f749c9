// Everything but the picture leaves when nobody is there.

/** Nobody is there after this long without input. */
export const IDLE_MS = 4000;

/** An unfinished word, an open strip or a control that has the focus stays this long without input. */
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
 * touches an idle page sees nothing that could be pressed but an inviting code, so
 * any other touch only brings the controls back, and does nothing else. The same holds for keys, which
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

  /** What had the focus when the page became idle. @type {HTMLElement|null} */
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
    addEventListener('keydown', () => this.#giveBack(), { passive: true });
    for (const name of ['keydown', 'pointerdown', 'wheel', 'touchmove', 'focusin']) {
      addEventListener(name, () => this.wake(), { passive: true });
    }
    addEventListener('pointermove', (event) => this.#move(event), { passive: true });
    if (!this.idle) this.wake(); // a page that begins at night is
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
    const focus = /** @type {HTMLElement|null} */ (document.activeElement);
    const patience = focus?.matches(':focus-visible:not(input)') ? WORKING_MS : 0;
    // Timers may be early by a part of a millisecond.
    if (this.quiet + 1 < Math.max(patience, this.#patience())) {
      this.#timer = setTimeout(() => this.#leave(), IDLE_MS);
      return;
    }
    // Nothing that cannot be seen has the focus.
    this.#focused = focus;
    focus?.blur();
    this.#root.setAttribute('data-idle', '');
  }

  /** A key finds the focus where it was. */
  #giveBack() {
    if (this.idle && document.activeElement === document.body) this.#focused?.focus({ preventScroll: true });
  }

  /**
   * Keeps a touch that only wakes from everything else.
   * @param {MouseEvent} event
   */
  #guard(event) {
    if (event.type === 'pointerdown') {
      if (this.idle && !/** @type {Element} */ (event.target).closest('.invite')) this.#wokeAt = event.timeStamp;
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
