// Break it: two connections of this visitor's, side by side. One is a Tap, which
// notices silence and tries again after any failure, the other is an EventSource
// and nothing else.

import { find } from '../dom.js';
import { NAMES, WITH_ID } from '../transport/events.js';
import { CROWDED, anyWord, append, begin, bytes, entry, failure, publish, room, seconds, token } from './parts.js';
import { Tap } from './tap.js';

/** The lab's stream tells the time every 2 s: three times missed, and a bit. */
const WATCHDOG_MS = 7000;

/** Pictures are hung once the trouble has had time to begin. */
const PICTURE_MS = 700;

/** How long a first picture may take to come down. */
const FIRST_MS = 3000;

/** What each trouble is called in the logs. */
const DONE = /** @type {Record<string, string>} */ ({
  cut: 'cut',
  stall: 'stalled',
  refuse: 'cut, and refused for 8 s',
  slow: 'slowed to 80 bytes a second for 15 s',
  restart: 'told to restart',
});

export class Trouble {
  #frame;
  #visit = token(32);
  #url;
  #tap;
  /** @type {EventSource|null} */
  #source = null;
  /** @type {import('../transport/held.js').Held|null} */
  #held = null;
  #began = 0;
  /** @type {Side} */
  #ours;
  /** @type {Side} */
  #bare;

  /** @param {string} frame */
  constructor(frame) {
    this.#frame = frame;
    this.#url = `/lab/stream?visit=${this.#visit}&frame=${frame}`;
    find('break-curl', HTMLElement).textContent = `curl -N '${location.origin}${this.#url}'`;
    this.#ours = new Side('ours');
    this.#bare = new Side('bare');
    this.#tap = this.#newTap();
    find('break-open', HTMLButtonElement).addEventListener('click', () => this.#open());
    find('break-close', HTMLButtonElement).addEventListener('click', this.#close);
    for (const button of find('troubles', HTMLElement).querySelectorAll('button')) {
      button.addEventListener('click', () => this.#break(button.dataset.how ?? ''));
    }
    setInterval(() => {
      this.#ours.tick();
      this.#bare.tick();
    }, 100);
  }

  #newTap() {
    const side = this.#ours;
    return new Tap(this.#url, {
      block: (block) => side.event(block.event, block.id ?? '', block.size, block.data, block.dispatched),
      bytes: (size, _at, partial) => side.heard(size, partial),
      state: (state) => {
        if (state.name === 'opening') side.say('warn', state.lastId ? `GET, Last-Event-ID: ${state.lastId}` : 'GET');
        if (state.name === 'live') side.live('200, the stream is open');
        if (state.name === 'lost') side.lost(state.why);
        if (state.name === 'waiting' && state.ms) side.wait(state.ms, state.why);
        if (state.name === 'closed') side.off('closed by you', '');
      },
    }, { watchdog: WATCHDOG_MS });
  }

  /** Settles once both connections are open, or have failed to. */
  async #open() {
    if (this.#source) return;
    begin(this.#close);
    this.#began = performance.now();
    for (const side of [this.#ours, this.#bare]) side.begin(this.#began);
    find('break-close', HTMLButtonElement).disabled = false;
    this.#tap.start();
    const held = await room(this.#close);
    if (this.#source || !this.#tap.open) return held?.release(); // opened or closed meanwhile
    if (!held) return this.#bare.off(CROWDED, 'bad');
    this.#held = held;
    await new Promise((done) => {
      const source = this.#listen();
      source.addEventListener('open', done, { once: true });
      source.addEventListener('error', done, { once: true });
    });
  }

  /** The whole of a bare client; all else here only writes down what it does. */
  #listen() {
    const source = new EventSource(this.#url);
    this.#source = source;
    const side = this.#bare;
    side.say('warn', 'new EventSource');
    source.onopen = () => side.live('open, readyState 1');
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) side.off('closed for good, readyState 2', 'bad');
      else side.lost('error, readyState 0: it will try again by itself');
    };
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        side.heard(0, 0);
        side.event(name, WITH_ID.includes(name) ? event.lastEventId : '', 0, event.data, true);
      });
    }
    return source;
  }

  #close = () => {
    this.#tap.stop();
    this.#source?.close();
    if (this.#source) this.#bare.off('closed by you', '');
    this.#source = null;
    this.#held?.release();
    this.#held = null;
    find('break-close', HTMLButtonElement).disabled = true;
  };

  /** @param {string} how */
  async #break(how) {
    find('pair', HTMLElement).scrollIntoView({ block: 'nearest' });
    if (this.#source?.readyState === EventSource.CLOSED) this.#close(); // a new one for a new trouble
    await this.#open();
    await this.#first();
    const answer = await fetch(`/lab/break?visit=${this.#visit}&how=${how}`, { method: 'POST' }).catch(() => null);
    const done = answer?.status === 204 ? `${DONE[how]} by the server` : `the server did not do it: ${answer?.status ?? 'no answer'}`;
    for (const side of [this.#ours, this.#bare]) side.mark(done);
    if (answer?.status !== 204) return;
    setTimeout(() => this.#hang(), PICTURE_MS);
  }

  /**
   * Waits until both sides know an id. A side without one could not ask for what
   * it missed, and would get the current picture only.
   */
  async #first() {
    const sides = [this.#ours, this.#bare];
    const limit = performance.now() + FIRST_MS;
    if (sides.some((side) => !side.lastId)) await publish(this.#frame, anyWord());
    while (sides.some((side) => !side.lastId) && performance.now() < limit) {
      await new Promise((done) => { setTimeout(done, 50); });
    }
  }

  /** Hangs two pictures that both have to get in spite of it all. */
  async #hang() {
    const words = [anyWord(), anyWord()];
    let said = `meanwhile ${words.map((word) => `“${word}”`).join(' and ')} were hung`;
    for (const word of words) said = failure(await publish(this.#frame, word)) || said;
    for (const side of [this.#ours, this.#bare]) side.mark(said);
  }
}

/** One column: a state in words, and a log. */
class Side {
  #state;
  #log;
  #began = 0;
  #heard = 0;
  #due = 0;
  #partial = 0;
  /** @type {'off'|'live'|'lost'|'waiting'} */
  #mode = 'off';
  #text = 'not open';
  lastId = '';

  /** @param {string} id */
  constructor(id) {
    this.#state = find(`${id}-state`, HTMLElement);
    this.#log = find(`${id}-log`, HTMLElement);
  }

  /** @param {number} at */
  begin(at) { this.#began = at; }

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
    this.#mode = 'live';
    this.#heard = performance.now();
    this.say('good', text);
  }

  /** @param {string} text */
  lost(text) {
    this.#mode = 'lost';
    this.say('bad', text);
  }

  /**
   * @param {number} ms
   * @param {string} why
   */
  wait(ms, why) {
    this.#mode = 'waiting';
    this.#due = performance.now() + ms;
    this.say('warn', `waits ${seconds(ms)}, ${why}`);
  }

  /**
   * @param {string} text
   * @param {string} kind
   */
  off(text, kind) {
    this.#mode = 'off';
    this.#text = text;
    this.say(kind, text);
  }

  /**
   * @param {number} size
   * @param {number} partial bytes of an event that is not complete
   */
  heard(size, partial) {
    if (partial > 0 && this.#partial === 0) this.say('warn', `${bytes(size)}, and no blank line yet`);
    this.#partial = partial;
    this.#heard = performance.now();
  }

  /**
   * @param {string} name
   * @param {string} id
   * @param {number} size
   * @param {string} data
   * @param {boolean} dispatched
   */
  event(name, id, size, data, dispatched) {
    this.lastId = id || this.lastId;
    if (!dispatched || name === 'presence') return; // presence is the other side's doing
    const what = name === 'picture' ? `picture “${JSON.parse(data).keyword}”, id ${id}` : `${name} ${data}`;
    this.say(name === 'picture' ? 'picture' : '', what, size ? bytes(size) : '');
  }

  tick() {
    const now = performance.now();
    const silent = now - this.#heard;
    const [kind, text] = {
      off: ['', this.#text],
      live: silent > 3000 ? ['warn', `open, silent for ${(silent / 1000).toFixed(1)} s`] : ['good', 'live'],
      lost: ['bad', 'lost'],
      waiting: ['warn', `back in ${Math.max(0, (this.#due - now) / 1000).toFixed(1)} s`],
    }[this.#mode] ?? ['', ''];
    if (this.#state.textContent === text) return;
    // A count is for the eye; only the change of state is read aloud.
    this.#state.ariaLive = this.#state.dataset.kind === kind ? 'off' : 'polite';
    this.#state.dataset.kind = kind;
    this.#state.textContent = text ?? '';
  }
}
