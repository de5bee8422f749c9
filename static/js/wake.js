// A screen that hangs on a wall must not go to sleep.

/** Before another try after the system has refused the lock or taken it away. */
const AGAIN_MS = 60_000;

/**
 * Keeps the screen awake while it is wanted and the page is visible. The browser
 * takes the lock away from a hidden tab, and the system when it pleases; it is asked
 * for again. update() begins.
 */
export class Wake {
  #wanted;
  /** @type {WakeLockSentinel|null} */
  #lock = null;
  #asking = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {() => boolean} wanted whether this screen is a frame that shows something at the moment */
  constructor(wanted) {
    this.#wanted = wanted;
    document.addEventListener('visibilitychange', () => this.update());
  }

  /** Whether this browser can keep a screen awake for this page: over http from another machine it cannot. */
  get possible() {
    return Boolean(navigator.wakeLock);
  }

  /** Asks for the lock or gives it back, as is wanted now. */
  async update() {
    clearTimeout(this.#timer);
    if (!this.#wanted()) {
      const lock = this.#lock;
      this.#lock = null;
      await lock?.release();
      return;
    }
    if (document.hidden || this.#lock || this.#asking || !this.possible) return;
    this.#asking = true;
    try {
      const lock = await navigator.wakeLock.request('screen');
      this.#lock = lock;
      lock.addEventListener('release', () => this.#lost(lock));
    } catch {
      // A low battery or the browser's settings may forbid it for now.
      this.#later();
    }
    this.#asking = false;
    if (this.#lock && !this.#wanted()) this.update(); // it took a while
  }

  /** @param {WakeLockSentinel} lock */
  #lost(lock) {
    if (lock !== this.#lock) return; // given back
    this.#lock = null;
    this.#later();
  }

  #later() {
    if (!document.hidden) this.#timer = setTimeout(() => this.update(), AGAIN_MS);
  }
}
