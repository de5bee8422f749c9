// The words that somebody has asked for here, each on a line of its own that says
// where it is.

import { make } from './dom.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./ask.js').Ask} Ask */

/** A picture that does not hang here by then hangs elsewhere, or its file cannot be had. */
const COMING_MS = 15_000;

/** How long it is said that a word has come to its end. */
const SAID_MS = 7000;

/** So many words are followed: as many as one browser may have in line. */
const MOST = 3;

/** For a hand that holds a phone while its eyes are on the wall. */
const BUZZ_MS = 60;

/**
 * A word, and where it is written.
 * @typedef {{ask: Ask, line: HTMLElement, stop: AbortController, timer: ReturnType<typeof setTimeout>|undefined}} Own
 */

export class Asks {
  #form;
  #place;
  #ticker;
  #say;
  /** @type {Own[]} the newest first */
  #own = [];

  /**
   * @param {HTMLFormElement} form is told by data-kind and aria-busy what goes on
   * @param {HTMLElement} place for the lines
   * @param {import('./ticker.js').Ticker} ticker
   * @param {(text: string) => void} say to those who listen
   */
  constructor(form, place, ticker, say) {
    this.#form = form;
    this.#place = place;
    this.#ticker = ticker;
    this.#say = say;
    ticker.add((now) => this.#draw(now));
  }

  /** @param {(ask: Ask) => boolean} is */
  find(is) {
    return this.#own.find(({ ask }) => is(ask));
  }

  /** @param {Own} own */
  has(own) {
    return this.#own.includes(own);
  }

  /** Begins to follow a word, in place of what has come to an end. @param {Ask} ask @returns {Own} */
  add(ask) {
    this.forget(({ ask: { pending, state } }) => !pending || state === 'again');
    const own = { ask, line: make('p', { className: 'ask-own' }), stop: new AbortController(), timer: undefined };
    this.#own.unshift(own);
    this.#place.prepend(own.line);
    const followed = this.#own.slice(0, MOST);
    this.forget((each) => !followed.includes(each));
    return own;
  }

  /** @param {(own: Own) => boolean} over */
  forget(over) {
    for (const own of this.#own.filter(over)) {
      clearTimeout(own.timer);
      own.stop.abort();
      own.line.remove();
      this.#own = this.#own.filter((each) => each !== own);
    }
    this.#ticker.start();
  }

  /** There is something new to say. @param {Own} own */
  changed({ ask }) {
    this.#ticker.start();
    this.#say(ask.text(this.#ticker.now()));
  }

  /** What brings a word on, or to its end, comes after so long at the latest. @param {Own} own @param {number} ms @param {() => void} act */
  after(own, ms, act) {
    clearTimeout(own.timer);
    own.timer = setTimeout(act, ms);
  }

  /** Its picture has been broadcast. @param {Own} own @param {Picture} picture */
  comes(own, picture) {
    own.ask.state = 'coming';
    own.ask.picture = picture;
    this.after(own, COMING_MS, () => this.end(own, 'late'));
    this.changed(own);
  }

  /** It has come to an end, which is said for a while. @param {Own} own @param {'hung'|'late'|'passed'|'given'} state */
  end(own, state) {
    own.ask.state = state;
    this.after(own, SAID_MS, () => this.forget((each) => each === own));
    this.changed(own);
  }

  /** The line has changed. @param {import('./queue.js').Queue} queue @param {(ask: Ask) => void} safe is told of words in line */
  queued(queue, safe) {
    for (const own of this.#own) {
      if (!own.ask.stands(queue.find(own.ask.keyword, own.ask.at))) continue;
      safe(own.ask);
      this.changed(own);
    }
    this.#ticker.start();
  }

  /**
   * Says what has become of the words whose pictures have come.
   * @param {Picture} shown what hangs on this screen now
   * @param {readonly Picture[]} pictures what this screen knows, oldest first
   */
  hangs(shown, pictures) {
    this.forget(({ ask }) => ask.state === 'hung' && !isSame(ask.picture, shown));
    const place = (/** @type {Picture} */ picture) => pictures.map((each) => isSame(each, picture)).lastIndexOf(true);
    for (const own of this.#own) {
      const { state, picture } = own.ask;
      if (state !== 'coming' || !picture) continue;
      if (isSame(picture, shown)) {
        this.end(own, 'hung');
        if (matchMedia('(pointer: coarse)').matches && !matchMedia('(prefers-reduced-motion: reduce)').matches) navigator.vibrate?.(BUZZ_MS);
      } else if (place(picture) >= 0 && place(shown) > place(picture)) this.end(own, 'passed');
    }
  }

  /** @param {number} now @returns {boolean} whether something counts */
  #draw(now) {
    for (const { ask, line } of this.#own) {
      const text = ask.text(now);
      line.dataset.kind = ask.kind;
      if (line.firstChild?.nodeValue !== text) line.replaceChildren(text, ...line.children);
    }
    const kinds = this.#own.map(({ ask }) => ask.kind);
    const kind = kinds.includes('busy') ? 'busy' : kinds[0];
    for (const element of [this.#form, this.#place]) {
      if (kind) element.dataset.kind = kind;
      else delete element.dataset.kind;
    }
    return this.#own.some(({ ask }) => ask.counts(now));
  }
}

/** The answer to a word has no id. @param {Picture|null} a @param {Picture} b */
function isSame(a, b) {
  return a?.url === b.url && a.keyword === b.keyword;
}
