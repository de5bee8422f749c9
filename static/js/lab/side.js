// One of the two connections that are broken: a state in words, a lane, a log.

import { contain, find } from '../dom.js';
import { Timeline, draw } from './lane.js';
import { append, bytes, entry, seconds } from './parts.js';

export class Side {
  #state;
  #log;
  #lane;
  #sum;
  #name;
  #began = 0;
  #due = 0;
  #text = 'not open';
  #timeline = new Timeline();
  lastId = '';

  /**
   * @param {string} id
   * @param {string} name
   */
  constructor(id, name) {
    this.#name = name;
    this.#state = find(`${id}-state`, HTMLElement);
    this.#log = find(`${id}-log`, HTMLElement);
    this.#sum = find(`${id}-sum`, HTMLElement);
    const lane = document.getElementById(`${id}-lane`);
    if (!lane) throw new Error(`The page lacks the lane of ${id}.`);
    this.#lane = lane;
  }

  /** @param {number} at */
  begin(at) {
    this.#began = at;
    this.#timeline.clear();
  }

  /**
   * @param {string} kind
   * @param {string} text
   * @param {string} [size]
   */
  say(kind, text, size = '') { append(this.#log, entry(seconds(performance.now() - this.#began), text, kind, size)); }

  /** What was done to both. @param {string} text */
  mark(text) { this.say('mark', text); }

  /** @param {string} text */
  live(text) {
    this.#due = 0;
    this.#timeline.enter('live', performance.now());
    this.say('good', text);
  }

  /** @param {string} text */
  lost(text) {
    this.#timeline.enter('lost', performance.now());
    this.say('bad', text);
  }

  /** @param {number} ms */
  wait(ms) {
    this.#due = performance.now() + ms;
    this.#timeline.enter('lost', performance.now());
    this.say('warn', `waits ${seconds(ms)}`);
  }

  /**
   * @param {string} text
   * @param {string} kind
   */
  off(text, kind) {
    this.#timeline.enter('off', performance.now());
    this.#text = text;
    this.say(kind, text);
  }

  /**
   * @param {string} name
   * @param {string} id
   * @param {any} data
   */
  event(name, id, data) {
    const now = performance.now();
    this.#timeline.hear(now);
    this.lastId = id || this.lastId;
    if (name === 'presence') return; // the other side's doing
    const text = JSON.stringify(data);
    if (name === 'picture') this.#timeline.came(data.url, data.keyword, now);
    this.say(name === 'picture' ? 'picture' : '', name === 'picture' ? `picture “${contain(data.keyword)}”, id ${id}` : `${name} ${text}`, bytes(text.length));
  }

  /**
   * A picture was hung; it may have come already.
   * @param {string} url
   * @param {string} word
   * @param {number} at
   */
  hung(url, word, at) { this.#timeline.hung(url, word, at); }

  tick() {
    const now = performance.now();
    this.#timeline.tick(now);
    draw(this.#lane, this.#timeline, now);
    const { sum } = this.#timeline;
    if (this.#sum.textContent !== sum) {
      this.#sum.textContent = sum;
      this.#lane.setAttribute('aria-label', `The last 40 s of ${this.#name}: ${sum}`);
    }
    const silent = `open, silent for ${(this.#timeline.silence(now) / 1000).toFixed(1)} s`;
    const left = this.#due - now;
    const [kind, text] = {
      off: ['', this.#text],
      live: ['good', 'live'],
      silent: ['warn', silent],
      lost: left > 0 ? ['warn', `back in ${(left / 1000).toFixed(1)} s`] : ['bad', 'lost'],
    }[this.#timeline.mode];
    if (this.#state.textContent === text) return;
    // A count is for the eye; only the change of state is read aloud.
    this.#state.ariaLive = this.#state.dataset.kind === kind ? 'off' : 'polite';
    this.#state.dataset.kind = kind;
    this.#state.textContent = text ?? '';
  }
}

