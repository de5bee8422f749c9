// Loads the controls, which the page does not need to follow the stream.

import { find } from './dom.js';
import { backoff } from './transport/fallback.js';

/** A stream that has not opened by then is not waited for. */
const LATEST_MS = 3000;

/** What somebody does who wants more than to look. */
const TOUCHES = ['pointerdown', 'keydown', 'focusin'];

/**
 * Loads the controls when load is called, when somebody touches the page, or after a
 * while, and again until they are there. A word that is sent before is sent then.
 */
export class Later {
  /** @type {import('./controls.js').Controls|undefined} */
  controls;
  #frame;
  #loading = false;
  #failures = 0;
  #asked = false;
  /** @type {ReturnType<typeof setTimeout>} */
  #timer;

  /** @param {import('./app.js').Frame} frame */
  constructor(frame) {
    this.#frame = frame;
    for (const name of [...TOUCHES, 'online']) addEventListener(name, ({ type }) => this.#begin(type), { passive: true });
    this.#timer = setTimeout(() => this.load(), LATEST_MS);
    find('ask', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#asked ||= !this.controls;
    });
  }

  /** @param {string} type of event */
  #begin(type) {
    // Somebody is there. Once they are loaded, the controls see to that.
    if (!this.controls && TOUCHES.includes(type)) document.documentElement.removeAttribute('data-idle');
    this.load();
  }

  async load() {
    if (this.#loading || this.controls) return;
    this.#loading = true;
    clearTimeout(this.#timer);
    // A browser does not ask a second time for an address that has failed.
    const address = `./controls.js${this.#failures ? `?${this.#failures}` : ''}`;
    /** @type {typeof import('./controls.js')|null} */
    const module = await import(address).catch(() => null);
    this.#loading = false;
    if (!module) {
      this.#timer = setTimeout(() => this.load(), backoff(++this.#failures, Math.random));
      return;
    }
    this.controls = new module.Controls(this.#frame);
    if (this.#asked) this.controls.search.ask(this.#frame.word.value);
  }
}
