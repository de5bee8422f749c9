// Break it: two connections of this visitor's, side by side. One is the transport
// of every frame's page, the other an EventSource and nothing else.

import { find } from '../dom.js';
import { NAMES, WITH_ID } from '../transport/events.js';
import { openOurs } from './ours.js';
import { CROWDED, anyWord, begin, enable, failure, publish, room, token } from './parts.js';
import { Side } from './side.js';

/** Pictures are hung once the trouble has had time to begin. */
const PICTURE_MS = 700;

/** How long a first picture may take to come down. */
const FIRST_MS = 3000;

/** What each trouble is called in the logs, before it begins. */
const DOES = /** @type {Record<string, string>} */ ({
  cut: 'the server cuts both',
  stall: 'the server stops sending, and keeps both open',
  refuse: 'the server cuts both, and refuses for 8 s',
  slow: 'the server slows both to 80 bytes a second, for 15 s',
  restart: 'the server says bye, and is away for 1.5 s',
});

export class Trouble {
  #frame;
  #visit = token(32);
  #ours = new Side('ours', 'the page’s transport');
  #bare = new Side('bare', 'the bare EventSource');
  /** Ends the page's transport. @type {(() => void)|null} */
  #end = null;
  /** @type {EventSource|null} */
  #source = null;
  /** @type {import('../transport/held.js').Held[]} */
  #held = [];

  /** @param {string} frame */
  constructor(frame) {
    this.#frame = frame;
    find('break-curl', HTMLElement).textContent = `curl -N '${location.origin}${this.#address(`/subscribe?frame=${frame}`)}'`;
    find('break-open', HTMLButtonElement).addEventListener('click', () => this.#open());
    find('break-close', HTMLButtonElement).addEventListener('click', this.#close);
    for (const button of find('troubles', HTMLElement).querySelectorAll('button')) {
      const { how } = button.dataset;
      if (!how) continue;
      button.addEventListener('click', () => this.#break(how));
      for (const turn of ['focus', 'pointerenter', 'click']) button.addEventListener(turn, () => explain(how));
    }
    explain('cut');
    setInterval(() => {
      this.#ours.tick();
      this.#bare.tick();
    }, 100);
  }

  /** The address of a stream of this visit's, from that of the frame's. @param {string} url */
  #address(url) { return url.replace('/subscribe?', `/lab/stream?visit=${this.#visit}&`); }

  get #sides() { return [this.#ours, this.#bare]; }

  /** Settles once both connections are open, or have failed to. */
  async #open() {
    if (this.#end || this.#source) return;
    begin(this.#close);
    const now = performance.now();
    for (const side of this.#sides) side.begin(now);
    find('break-close', HTMLButtonElement).disabled = false;
    const end = () => {};
    this.#end = end;
    if (!(await this.#takeRoom(this.#ours, end))) return;
    this.#end = this.#listenOurs();
    const mine = this.#end;
    if (!(await this.#takeRoom(this.#bare, mine))) return;
    await new Promise((done) => {
      const source = this.#listenBare();
      source.addEventListener('open', done, { once: true });
      source.addEventListener('error', done, { once: true });
    });
  }

  /**
   * Finds a connection for a side, and reports whether it may open: there may be
   * none, or the visitor has closed both meanwhile.
   * @param {Side} side
   * @param {() => void} end what ends the page's side now
   */
  async #takeRoom(side, end) {
    const held = await room(this.#close);
    if (held && this.#end === end) {
      this.#held.push(held);
      return true;
    }
    held?.release();
    if (!held) side.off(CROWDED, 'bad');
    return false;
  }

  #listenOurs() {
    const side = this.#ours;
    return openOurs(this.#frame, (url) => this.#address(url), {
      opening: (lastId) => side.say('warn', lastId ? `GET, Last-Event-ID: ${lastId}` : 'GET'),
      live: () => side.live('200, the stream is open'),
      lost: (why) => side.lost(why),
      waiting: (ms) => side.wait(ms),
      event: (name, id, data) => side.event(name, id, data),
    });
  }

  /** The whole of a bare client; all else here only writes down what it does. */
  #listenBare() {
    const source = new EventSource(this.#address(`/subscribe?frame=${this.#frame}`));
    this.#source = source;
    const side = this.#bare;
    side.say('warn', 'new EventSource');
    source.onopen = () => side.live('open, readyState 1');
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) side.off('closed for good, readyState 2', 'bad');
      else side.lost('error, readyState 0: it will try again by itself');
    };
    for (const name of NAMES) {
      source.addEventListener(name, (event) => side.event(name, WITH_ID.includes(name) ? event.lastEventId : '', JSON.parse(event.data)));
    }
    return source;
  }

  #close = () => {
    if (this.#end) {
      this.#end();
      this.#ours.off('closed by you', '');
    }
    if (this.#source) {
      this.#source.close();
      this.#bare.off('closed by you', '');
    }
    this.#end = this.#source = null;
    for (const held of this.#held.splice(0)) held.release();
    enable(find('break-close', HTMLButtonElement), false, find('break-open', HTMLButtonElement));
  };

  /** @param {string} how */
  async #break(how) {
    if (this.#source?.readyState === EventSource.CLOSED) this.#close(); // a new one for a new trouble
    await this.#open();
    await this.#first();
    // Before it happens: the two learn of it sooner than the answer is here.
    for (const side of this.#sides) side.mark(DOES[how] ?? how);
    const answer = await fetch(`/lab/break?visit=${this.#visit}&how=${how}`, { method: 'POST' }).catch(() => null);
    if (answer?.status === 204) {
      setTimeout(() => this.#hang(), PICTURE_MS);
      return;
    }
    for (const side of this.#sides) side.mark(`but it did not: ${answer ? `answered ${answer.status}` : 'no answer'}`);
  }

  /**
   * Waits until both sides know an id. A side without one could not ask for what
   * it missed, and would get the current picture only.
   */
  async #first() {
    const limit = performance.now() + FIRST_MS;
    if (this.#sides.some((side) => !side.lastId)) await publish(this.#frame, anyWord());
    while (this.#sides.some((side) => !side.lastId) && performance.now() < limit) {
      await new Promise((done) => { setTimeout(done, 50); });
    }
  }

  /** Hangs two pictures that both have to get in spite of it all. */
  async #hang() {
    const words = [anyWord(), anyWord()];
    let said = `meanwhile ${words.map((word) => `“${word}”`).join(' and ')} were hung`;
    for (const word of words) {
      const exchange = await publish(this.#frame, word);
      said = failure(exchange) || said;
      if (exchange.status === 200) for (const side of this.#sides) side.hung(exchange.json.url, word, exchange.began);
    }
    for (const side of this.#sides) side.mark(said);
  }
}

/** Shows what a trouble is, and no other. @param {string} how */
function explain(how) {
  for (const about of find('abouts', HTMLElement).children) {
    if (about instanceof HTMLElement) about.hidden = about.id !== `about-${how}`;
  }
}
