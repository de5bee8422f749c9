// Sends a word to the server, as an ordinary request, and reports the answer.

import { aria, make, quote } from './dom.js';
import { steadyClock } from './transport/browser.js';

/** @typedef {import('./picture.js').Picture} Picture */

/** Words that nearly always find a picture, offered when another found none. */
const EASY = ['harbour', 'lanterns', 'fern', 'lighthouse', 'orchard', 'aurora'];

/** Enter so soon after a picture has come meant the word that brought it. */
const TWICE_MS = 1000;

/** Where in the line a word is. */
const PLACES = ['next', 'second in line', 'third in line', 'fourth in line', 'fifth in line', 'sixth in line', 'seventh in line', 'eighth in line'];

/** A phone in a hand tells that its word hangs. */
const BUZZ_MS = 40;

/** The server answers within 10 s; this is for networks that swallow answers. */
const ANSWER_MS = 25_000;

/**
 * The form. It dispatches `published` with the picture as detail once every
 * screen has it. A word that fails stays in its place, with the reason below.
 */
export class Search extends EventTarget {
  #form;
  #word;
  #answer;
  /** @type {AbortController|null} */
  #asking = null;
  /** @type {ReturnType<typeof setInterval>|undefined} */
  #countdown;
  /** The word that is being asked for. */
  #asked = '';
  #succeededAt = -TWICE_MS;
  /** @type {Set<string>} the words from here that wait for the host */
  #waiting = new Set();
  /** Whether it is said that one of them hangs. */
  #told = false;
  #left = make('span');

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLInputElement} word
   * @param {HTMLElement} answer
   */
  constructor(form, word, answer) {
    super();
    this.#form = form;
    this.#word = word;
    this.#answer = answer;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.ask(word.value);
    });
    word.addEventListener('input', () => {
      if (form.dataset.kind === 'error') this.#say('');
    });
  }

  get busy() {
    return this.#form.dataset.kind === 'busy';
  }

  /** Whether there is something here that must not fade away. */
  get engaged() {
    return this.#form.dataset.kind !== undefined || (document.activeElement === this.#word && this.#word.value !== '');
  }

  focus() {
    this.#word.focus();
  }

  /**
   * Shows the word on screen as the invitation to type another.
   * @param {string} word
   */
  suggest(word) {
    this.#word.placeholder = word;
  }

  /**
   * Asks for a picture. Enter pressed twice asks once. A newer question takes the place of one that runs: the
   * server goes on with both, but only the newer one is reported here.
   * @param {string} typed
   */
  async ask(typed) {
    const keyword = typed.trim();
    if (this.busy && keyword === this.#asked) return;
    this.#word.value = typed;
    if (!keyword) {
      if (performance.now() - this.#succeededAt >= TWICE_MS) this.#say('error', 'Type a word first.');
      return;
    }
    this.#asked = keyword;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const limit = setTimeout(() => asking.abort(), ANSWER_MS);
    this.#say('busy', `Looking for ${quote(keyword)} …`);
    try {
      const response = await fetch(this.#form.action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams({ keyword }),
        signal: asking.signal,
      });
      const body = await response.json().catch(() => ({}));
      if (asking !== this.#asking) return;
      if (response.status === 202) this.#leave(typed, keyword);
      else if (response.ok) this.#succeed(typed, body);
      else this.#fail(keyword, response, body);
    } catch {
      if (asking !== this.#asking) return;
      this.#say('error', 'The frame could not be reached. Your word is still here: press Enter to try again.');
    } finally {
      clearTimeout(limit);
    }
  }

  /**
   * @param {string} typed
   * @param {Picture} picture
   */
  #succeed(typed, picture) {
    this.#say('');
    // A word that was typed while the search ran stays.
    if (this.#word.value === typed) this.#word.value = '';
    this.#succeededAt = performance.now();
    this.dispatchEvent(new CustomEvent('published', { detail: picture }));
  }

  /**
   * The word waits for the host, who may take a while.
   * @param {string} typed
   * @param {string} keyword
   */
  #leave(typed, keyword) {
    this.#say('', `${quote(keyword)} waits for the host.`);
    if (this.#word.value === typed) this.#word.value = '';
    this.#waiting.add(keyword);
  }

  /**
   * Says that a picture hangs which has waited for the host.
   * @param {string} keyword
   */
  came(keyword) {
    const mine = this.#waiting.delete(keyword);
    if (mine) navigator.vibrate?.(BUZZ_MS);
    if (this.#form.dataset.kind || !(mine || this.#told)) return;
    this.#say('', mine ? `${quote(keyword)} is on the wall now.` : '');
    this.#told = mine;
  }

  /**
   * Says where in the line the word is that is being asked for.
   * @param {{keyword: string, in: number}[]} line in: milliseconds
   */
  queued(line) {
    const place = line.findIndex(({ keyword }) => keyword === this.#asked);
    const turn = line[place];
    if (!this.busy || !turn) return;
    if (this.#answer.dataset.place !== String(place)) {
      // The seconds are for the eye here too.
      this.#left.setAttribute('aria-hidden', 'true');
      this.#say('busy', `${quote(this.#asked)} is ${PLACES[place] ?? 'in line'}.`, this.#left);
      this.#answer.dataset.place = String(place);
    }
    this.#left.textContent = ` It hangs in about ${Math.max(1, Math.ceil(turn.in / 1000))} s.`;
  }

  /**
   * @param {string} keyword
   * @param {Response} response
   * @param {{title?: string, detail?: string}} problem
   */
  #fail(keyword, response, problem) {
    const reason = problem.detail || problem.title || 'Something went wrong at the server.';
    const wait = Number(response.headers.get('Retry-After'));
    if (response.status === 404) {
      const other = simpler(keyword, Math.random());
      const retry = make('button', { type: 'button', className: 'ask-try' }, `Try ${quote(other)}`);
      retry.addEventListener('click', () => this.ask(other));
      this.#say('error', reason, retry);
    } else if (wait > 0) {
      this.#wait(reason, wait);
    } else {
      this.#say('error', reason);
    }
  }

  /**
   * Counts the seconds down until another try makes sense.
   * @param {string} reason
   * @param {number} seconds
   */
  #wait(reason, seconds) {
    // The seconds are for the eye: read aloud one by one they would be noise.
    const left = make('span');
    aria(left, 'hidden', true);
    const now = steadyClock(globalThis);
    const until = now() + seconds * 1000;
    const tick = () => {
      const rest = Math.ceil((until - now()) / 1000);
      if (rest > 0) left.textContent = ` Again in ${rest} s.`;
      else this.#say('');
    };
    this.#say('error', reason, left);
    tick();
    this.#countdown = setInterval(tick, 1000);
  }

  /**
   * @param {''|'busy'|'error'} kind
   * @param {(Node|string)[]} content
   */
  #say(kind, ...content) {
    clearInterval(this.#countdown);
    this.#told = false;
    delete this.#answer.dataset.place;
    if (kind) this.#form.dataset.kind = this.#answer.dataset.kind = kind;
    else {
      delete this.#form.dataset.kind;
      delete this.#answer.dataset.kind;
    }
    aria(this.#form, 'busy', kind === 'busy');
    aria(this.#word, 'invalid', kind === 'error');
    this.#answer.replaceChildren(...content);
  }
}

/**
 * A word that is likelier to find something: of several the last, which in
 * many languages is the thing itself; of one, another.
 * @param {string} keyword
 * @param {number} random 0 up to 1
 */
export function simpler(keyword, random) {
  const last = keyword.split(/\s+/).reverse().find((word) => /\p{L}/u.test(word));
  if (last && last !== keyword) return last;
  const others = EASY.filter((word) => word !== keyword.toLowerCase());
  return others[Math.floor(random * others.length)] ?? keyword;
}
