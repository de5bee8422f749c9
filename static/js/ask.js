// Where a word is that somebody has asked for, in words.

import { quote } from './dom.js';
import { span } from './ticker.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./queue.js').Turn} Turn */

/** A search has ended by then: what has no answer after it is in line. */
const SEARCH_MS = 11_000;

/** As many as can be in line. */
const PLACES = ['next', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

/**
 * Where a word is:
 * looking for a picture, in line with one, waiting for the host, to be sent again,
 * coming to the wall, or hanging there; late on this screen, passed by newer ones, given up, or failed.
 * @typedef {'looking'|'turn'|'host'|'again'|'coming'|'hung'|'late'|'passed'|'given'|'failed'} State
 */

/** What the line looks like meanwhile. @type {Record<State, 'busy'|'wait'|'good'|'note'|'error'>} */
const KINDS = {
  looking: 'busy', turn: 'wait', host: 'wait', again: 'wait', coming: 'busy', hung: 'good', late: 'note', passed: 'note', given: 'note', failed: 'error',
};

/** One word on its way to the wall. */
export class Ask {
  /** @type {State} */
  state = 'looking';
  /** Why it is to be sent again, or has failed. */
  reason = '';
  /** When its turn comes, or it can be sent again; Infinity if nobody knows. */
  at = Infinity;
  /** @type {Picture|null} once it has one */
  picture = null;
  /** Its place in line, from 1; 0 if nobody knows. */
  #place = 0;
  #began;
  /** Whether the host had frozen the frame when it came. */
  frozen = false;
  /** Whether the host has to let it hang: its picture comes with the stream only. */
  hosted = false;

  /**
   * @param {string} typed
   * @param {number} now
   */
  constructor(typed, now) {
    this.typed = typed;
    this.keyword = typed.trim();
    this.#began = now;
  }

  get kind() {
    return KINDS[this.state];
  }

  /** Whether it may still come to hang by itself. */
  get pending() {
    return ['looking', 'turn', 'host', 'again', 'coming'].includes(this.state);
  }

  /** Whether it needs no field any more. */
  get safe() {
    return this.pending && this.state !== 'looking' && this.state !== 'again';
  }

  /** It is sent, maybe once more. @param {number} now */
  begin(now) {
    this.state = 'looking';
    this.at = Infinity;
    this.#place = 0;
    this.#began = now;
  }

  /** There was no room; it is sent again by itself. @param {string} reason @param {number} at */
  again(reason, at) {
    this.state = 'again';
    this.reason = reason;
    this.at = at;
  }

  /** @param {string} reason @param {number} [at] when another try makes sense */
  fail(reason, at = Infinity) {
    this.state = 'failed';
    this.reason = reason;
    this.at = at;
    this.frozen = false;
  }

  /**
   * Notes its place in line.
   * @param {Turn|undefined} turn
   * @returns {boolean} whether there is something new to say
   */
  stands(turn) {
    if (!turn || !['looking', 'turn', 'host'].includes(this.state)) return false;
    const moved = this.#place !== turn.place;
    this.state = 'turn';
    this.at = turn.at;
    this.#place = turn.place;
    return moved;
  }

  /** Whether the words change by themselves. @param {number} now */
  counts(now) {
    return this.state === 'looking' || (this.at > now && this.at !== Infinity && this.state !== 'coming' && this.state !== 'hung');
  }

  /** @param {number} now */
  text(now) {
    const word = quote(this.keyword);
    const left = this.at - now;
    switch (this.state) {
      case 'looking': return now - this.#began < SEARCH_MS ? `Looking for ${word} …` : `${word} waits for its turn.`;
      case 'turn': return `${word} is ${this.#standing}${left > 0 ? `, ${this.#place > 1 ? 'yours ' : ''}in about ${span(left)}` : ''}.`;
      case 'host': return `${word} waits for the host.`;
      case 'again': return `${this.reason} ${word} is sent again ${left > 0 ? `in ${span(left)}` : 'now'}.`;
      case 'coming': return `${word} is about to hang …`;
      case 'hung': return `${word} is on the wall now.`;
      case 'late': return `${word} was sent to every screen. This one does not show it yet.`;
      case 'passed': return `${word} was skipped on this screen: newer words were faster. It is among the earlier pictures.`;
      case 'given': return this.reason;
      default: return this.#failure(left);
    }
  }

  get #standing() {
    const place = PLACES[this.#place - 1] ?? `${this.#place}th`;
    return this.#place === 1 ? place : `${place} in line`;
  }

  /** @param {number} left */
  #failure(left) {
    if (this.at === Infinity) return this.reason;
    return left > 0 ? `${this.reason} Again in ${span(left)}.` : `${this.reason} Press Enter to try again.`;
  }
}
