// What is going on, in words, and only when it matters.

import { quote } from './dom.js';
import { steadyClock } from './transport/browser.js';

/** How long good news and small notes stay. */
const NOTE_MS = 6000;

/** A first connection is nothing to speak of unless it takes this long. */
const PATIENCE_MS = 2500;

/** Longer than the server searches: a search that was lost ends here. */
const SEARCH_MS = 15_000;

/**
 * @typedef {object} Connection
 * @property {'connecting'|'live'|'waiting'|'offline'} state
 * @property {number|null} [retryIn] milliseconds to the next attempt
 */

/** Writes the connection, the viewers and other people's searches. */
export class Status {
  #state;
  #looking;
  #viewers;
  #say;
  #now = steadyClock(globalThis);
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #lookingTimer;
  /** The word that others look for, as far as is said. */
  #sought = '';
  #troubled = false;
  /** What is said about a picture that cannot be loaded, as long as nothing else is. */
  #late = '';

  /**
   * @param {HTMLElement} state
   * @param {HTMLElement} looking
   * @param {HTMLElement} viewers
   * @param {(text: string) => void} say to those who listen
   */
  constructor(state, looking, viewers, say) {
    this.#state = state;
    this.#looking = looking;
    this.#viewers = viewers;
    this.#say = say;
  }

  /** @param {Connection} connection */
  connection({ state, retryIn }) {
    clearTimeout(this.#timer);
    if (state === 'live') {
      if (this.#troubled) this.note('good', 'Live again');
      else this.#rest();
      this.#troubled = false;
    } else if (state === 'offline') {
      this.#trouble('bad', 'Offline. The picture stays.');
    } else if (state === 'waiting') {
      this.#count(this.#now() + (retryIn ?? 0));
    } else if (this.#troubled) {
      this.#trouble('warn', 'Reconnecting …');
    } else {
      this.#timer = setTimeout(() => this.#trouble('warn', 'Connecting …'), PATIENCE_MS);
    }
  }

  /**
   * Says something for a moment, unless there is worse to tell.
   * @param {'good'|'warn'} kind
   * @param {string} text
   */
  note(kind, text) {
    if (this.#troubled && kind !== 'good') return;
    clearTimeout(this.#timer);
    this.#write(kind, text);
    this.#timer = setTimeout(() => this.#rest(), NOTE_MS);
  }

  /**
   * Says that a picture cannot be loaded, until told that it is there.
   * @param {string} text empty once it is
   */
  late(text) {
    const said = this.#late !== '' && this.#state.textContent === this.#late;
    this.#late = text;
    if (this.#troubled) return; // that says why
    if (text || said) {
      clearTimeout(this.#timer);
      this.#rest();
    }
  }

  /** Says what lasts, when nothing else is to be said. */
  #rest() {
    if (this.#late) this.#write('warn', this.#late);
    else this.#state.hidden = true;
  }

  /** @param {number} count */
  viewers(count) {
    this.#viewers.hidden = count < 2;
    this.#viewers.textContent = `${count.toLocaleString()} watching`;
  }

  /** @param {string} keyword */
  looksFor(keyword) {
    return this.#sought === keyword;
  }

  /** @param {string} keyword */
  searching(keyword) {
    clearTimeout(this.#lookingTimer);
    this.#sought = keyword;
    this.#looking.textContent = `Looking for ${quote(keyword)}`;
    this.#looking.hidden = false;
    this.#lookingTimer = setTimeout(() => this.found(), SEARCH_MS);
  }

  found() {
    clearTimeout(this.#lookingTimer);
    this.#sought = '';
    this.#looking.hidden = true;
  }

  /** @param {number} until */
  #count(until) {
    const seconds = Math.max(0, Math.ceil((until - this.#now()) / 1000));
    this.#trouble('warn', seconds ? `Reconnecting in ${seconds} s` : 'Reconnecting …');
    if (seconds) this.#timer = setTimeout(() => this.#count(until), 1000);
  }

  /**
   * @param {'warn'|'bad'} kind
   * @param {string} text
   */
  #trouble(kind, text) {
    this.#troubled = true;
    this.#write(kind, text);
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  #write(kind, text) {
    // A countdown is for the eye; only the change of state is read aloud.
    if (this.#state.dataset.kind !== kind || this.#state.hidden) this.#say(text);
    this.#state.dataset.kind = kind;
    this.#state.textContent = text;
    this.#state.hidden = false;
  }
}
