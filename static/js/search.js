// Sends words to the server, as ordinary requests, and reports the answers.

import { Ask } from './ask.js';
import { Asks } from './asks.js';
import { aria, make, quote } from './dom.js';
import { Field } from './field.js';
import { simpler } from './simpler.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./asks.js').Own} Own */

/** The server answers within 30 s; this is for networks that swallow answers. */
const ANSWER_MS = 35_000;

/** The words of a crowd that are sent again come spread over so long. */
const SPREAD_MS = 1500;

/** An Enter so soon after the last means the same word, which has left the line by then. */
const TWICE_MS = 1000;

/** A picture waits so long for the host. */
const HOST_MS = 10 * 60_000;

/**
 * The form. It dispatches `published` with the picture as detail once every
 * screen has it. A word that fails stays in its place, with the reason below; one
 * that finds no room is sent again by itself, unless somebody types on.
 */
export class Search extends EventTarget {
  #form;
  #field;
  #ticker;
  #queue;
  #asks;
  /** When a word was last asked for. */
  #asked = -Infinity;
  #frozen = false;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} word
   * @param {HTMLElement} answer
   * @param {{ticker: import('./ticker.js').Ticker, queue: import('./queue.js').Queue, remote: MediaQueryList, say: (text: string) => void}} by
   */
  constructor(form, word, answer, { ticker, queue, remote, say }) {
    super();
    this.#form = form;
    this.#field = new Field(form, word, remote);
    this.#ticker = ticker;
    this.#queue = queue;
    this.#asks = new Asks(form, answer, ticker, say);
    aria(answer, 'live', 'off'); // its countdowns are for the eye: say tells the rest
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.ask(word.value);
    });
    word.addEventListener('input', () => this.#typing());
    ticker.add(() => {
      aria(form, 'busy', form.dataset.kind === 'busy');
      aria(word, 'invalid', form.dataset.kind === 'error');
      return false;
    });
  }

  /** Whether there is something here that must not fade away. */
  get engaged() {
    const kept = this.#asks.find(({ pending, state }) => pending || state === 'failed');
    return kept !== undefined || this.#field.busy;
  }

  /** Whether somebody asks for this word here. @param {string} keyword */
  asks(keyword) {
    return this.#asks.find((ask) => ask.pending && ask.keyword === keyword) !== undefined;
  }

  focus() {
    this.#field.focus();
  }

  /**
   * Invites to type another word than the one on screen, or to ask for that again.
   * @param {string} word "" for none
   */
  suggest(word) {
    this.#field.like = word;
    this.#field.invite();
  }

  /**
   * Asks for a picture, and without a word for another one like that on screen.
   * Enter pressed twice asks once.
   * @param {string} typed
   * @param {boolean} [beside] leaves the line to what somebody is typing there
   */
  ask(typed, beside = false) {
    const now = this.#ticker.now();
    const ask = new Ask(typed, now);
    if (!ask.keyword) {
      this.#another(now);
      return;
    }
    const own = this.#asks.find(({ pending, keyword }) => pending && keyword === ask.keyword);
    if (own) {
      if (own.ask.safe) this.#field.empty(typed);
      return;
    }
    if (!beside) this.#field.write(typed);
    this.#asked = now;
    this.#post(this.#asks.add(ask));
  }

  /** @param {number} now */
  #another(now) {
    if (now - this.#asked < TWICE_MS || this.#asks.find(({ state }) => state === 'looking')) return;
    this.#field.write('');
    if (this.#field.like) {
      this.ask(this.#field.like, true);
      return;
    }
    const own = this.#asks.add(new Ask('', now));
    own.ask.reason = 'Nothing hangs here yet: type a word first.';
    this.#asks.end(own, 'given');
  }

  /** The line has changed. A word that is safe there leaves the field to the next one. */
  queued() {
    this.#asks.queued(this.#queue, ({ typed }) => this.#field.empty(typed));
  }

  /** A picture hangs from now on, maybe one that has waited for the host. @param {Picture} picture */
  arrives(picture) {
    const own = this.#asks.find((ask) => ask.hosted && !ask.picture && ask.pending && ask.keyword === picture.keyword);
    if (own) this.#asks.comes(own, picture);
  }

  /**
   * Says what has become of the words whose pictures have come.
   * @param {Picture|null} shown what hangs on this screen now
   * @param {readonly Picture[]} pictures what this screen knows, oldest first
   */
  hangs(shown, pictures) {
    if (shown) this.#asks.hangs(shown, pictures);
  }

  /** What the host has set. @param {boolean} frozen whether no word comes to hang */
  hosted(frozen) {
    const own = this.#frozen && !frozen && this.#asks.find((ask) => ask.frozen);
    this.#frozen = frozen;
    if (!own) return;
    own.ask.fail('The frame takes words again. Press Enter to send yours.');
    this.#asks.changed(own);
  }

  /** @param {Own} own */
  async #post(own) {
    const { ask } = own;
    ask.begin(this.#ticker.now());
    const stop = new AbortController();
    own.stop = stop;
    this.#asks.after(own, ANSWER_MS, () => stop.abort());
    this.#asks.changed(own);
    try {
      const response = await fetch(this.#form.action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams({ keyword: ask.keyword }),
        signal: stop.signal,
      });
      const body = await response.json().catch(() => ({}));
      if (!this.#asks.has(own)) return;
      if (response.status === 202) this.#wait(own);
      else if (response.ok) this.#succeed(own, body);
      else this.#fail(own, response, body);
    } catch {
      if (this.#asks.has(own)) this.#give(own, 'The frame could not be reached. Your word is still here: press Enter to try again.');
    }
  }

  /** @param {Own} own @param {Picture} picture */
  #succeed(own, picture) {
    this.#field.empty(own.ask.typed);
    this.#asks.comes(own, picture);
    this.dispatchEvent(new CustomEvent('published', { detail: picture }));
  }

  /** Its picture waits for the host. @param {Own} own */
  #wait(own) {
    const { ask } = own;
    this.#field.empty(ask.typed);
    ask.state = 'host';
    ask.hosted = true;
    ask.reason = `The host has not let ${quote(ask.keyword)} hang.`;
    this.#asks.after(own, HOST_MS, () => this.#asks.end(own, 'given'));
    this.#asks.changed(own);
  }

  /**
   * @param {Own} own
   * @param {Response} response
   * @param {{title?: string, detail?: string}} problem
   */
  #fail(own, { status, headers }, problem) {
    const { ask } = own;
    const reason = problem.detail || problem.title || 'Something went wrong at the server.';
    const wait = Number(headers.get('Retry-After')) * 1000;
    if (status === 429 && wait > 0 && this.#field.keep(ask)) {
      const spread = wait + Math.random() * SPREAD_MS;
      ask.again(reason, this.#ticker.now() + spread);
      this.#asks.after(own, spread, () => this.#post(own));
      this.#asks.changed(own);
      return;
    }
    this.#give(own, reason, wait > 0 ? this.#ticker.now() + wait : Infinity);
    ask.frozen = status === 409;
    if (status !== 404) return;
    const other = simpler(ask.keyword, Math.random());
    const retry = make('button', { type: 'button', className: 'ask-try' }, `Try ${quote(other)}`);
    retry.addEventListener('click', () => {
      if (retry.matches(':focus-visible')) this.focus(); // a finger wants no keyboard
      this.ask(other);
    });
    own.line.append(retry);
  }

  /** It has failed. @param {Own} own @param {string} reason @param {number} [at] when it can be tried again */
  #give(own, reason, at) {
    const { ask } = own;
    clearTimeout(own.timer);
    if (this.#field.keep(ask)) {
      ask.fail(reason, at);
      this.#asks.changed(own);
    } else {
      ask.reason = `${quote(ask.keyword)}: ${reason}`;
      this.#asks.end(own, 'given');
    }
  }

  /** Somebody types on: what was said of the word that stood there is over. */
  #typing() {
    const typed = this.#field.keyword;
    this.#asks.forget(({ ask }) => !ask.pending || (ask.state === 'again' && ask.keyword !== typed));
    this.#field.invite();
  }
}
