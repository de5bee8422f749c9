// The field in which a word is typed, and what it invites to.

import { aria, quote } from './dom.js';

export class Field {
  #word;
  #remote;
  #send;
  #more;
  /** The word of which another picture can be had, or "". */
  like = '';

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} word
   * @param {MediaQueryList} remote where the page is a remote
   */
  constructor(form, word, remote) {
    this.#word = word;
    this.#remote = remote;
    this.#send = /** @type {HTMLElement} */ (form.querySelector('.ask-send'));
    this.#more = /** @type {HTMLElement} */ (form.querySelector('.ask-more'));
    form.noValidate = true; // an empty line has a meaning
    remote.addEventListener('change', () => this.invite());
  }

  /** The word as it is sent. */
  get keyword() {
    return this.#word.value.trim();
  }

  /** Whether somebody types here: where there is a keyboard on the screen, the focus keeps it there. */
  get busy() {
    return document.activeElement === this.#word && (this.#word.value !== '' || matchMedia('(pointer: coarse)').matches);
  }

  focus() {
    this.#word.focus();
  }

  /** @param {string} typed */
  write(typed) {
    this.#word.value = typed;
  }

  /** Says what Enter would do. */
  invite() {
    // Where the word stands beside its picture, it need not stand here too.
    this.#word.placeholder = (this.#remote.matches && this.like ? 'another like this' : this.like) || 'anything';
    this.#more.hidden = !this.like;
    this.#more.textContent = `Enter alone shows another picture of ${quote(this.like)}.`;
    const another = this.like && !this.keyword;
    aria(this.#send, 'label', another ? `Another picture of ${quote(this.like)}` : 'Show it everywhere');
  }

  /**
   * The word stays in its place, or comes back to it, unless somebody has typed another.
   * @param {import('./ask.js').Ask} ask
   * @returns {boolean} whether it stands there
   */
  keep({ typed, keyword }) {
    this.#word.value ||= typed;
    this.invite();
    return this.keyword === keyword;
  }

  /** The word has left; one that was typed meanwhile stays. @param {string} typed */
  empty(typed) {
    if (this.#word.value === typed) this.#word.value = '';
    this.invite();
  }
}
