// The wire: this page's own stream, raw, and beside it the Ajax that goes up.

import { find, make, quote } from '../dom.js';
import { field } from './blocks.js';
import { anyWord, append, bytes, failure, millis, publish, seconds } from './parts.js';
import { Tap } from './tap.js';

/** @typedef {import('./blocks.js').Block} Block */

/** The server speaks every 15 s. */
const WATCHDOG_MS = 37_000;

/** With so many streams in this browser the wire begins: one more is for an experiment. */
const STREAMS = 4;

/** How many exchanges stay listed. */
const EXCHANGES = 8;

export class Wire {
  #frame;
  #tap;
  #log = find('wire-log', HTMLElement);
  #state = find('wire-state', HTMLElement);
  #since = 0;
  /** Of the answer that is the stream, in bytes. */
  header = 0;
  #lastByte = 0;
  #bytes = 0;
  #events = 0;
  #paused = false;
  /** @type {Node[]} */
  #held = [];
  /** @type {Set<(block: Block, at: number) => void>} */
  #listeners = new Set();
  /** When a picture came down, by its address. @type {Map<string, number>} */
  #arrivals = new Map();

  /** @param {string} frame */
  constructor(frame) {
    this.#frame = frame;
    this.#tap = new Tap(`/subscribe?frame=${frame}`, {
      block: (block, at) => this.#block(block, at),
      bytes: (size, at) => this.#read(size, at),
      state: (state, at) => this.#follow(state, at),
    }, { watchdog: WATCHDOG_MS, most: STREAMS });
    find('wire-pause', HTMLButtonElement).addEventListener('click', () => this.#pause(!this.#paused));
    find('wire-clear', HTMLButtonElement).addEventListener('click', () => this.#log.replaceChildren());
    find('wire-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(find('wire-word', HTMLInputElement));
    });
    setInterval(() => this.#tick(), 100);
  }

  start() { this.#tap.start(); }

  get lastId() { return this.#tap.lastId; }

  /**
   * Calls hear for every block until the returned function is called.
   * @param {(block: Block, at: number) => void} hear
   */
  listen(hear) {
    this.#listeners.add(hear);
    return () => { this.#listeners.delete(hear); };
  }

  /**
   * @param {Block} block
   * @param {number} at
   */
  #block(block, at) {
    if (block.dispatched) this.#events++;
    if (block.event === 'picture') this.#arrivals.set(parse(block.data)?.url ?? '', at);
    this.#add(drawBlock(block, seconds(at - this.#since)));
    for (const hear of this.#listeners) hear(block, at);
  }

  /**
   * @param {number} size
   * @param {number} at
   */
  #read(size, at) {
    this.#bytes += size;
    this.#lastByte = at;
  }

  /**
   * @param {import('./tap.js').State} state
   * @param {number} at
   */
  #follow(state, at) {
    if (state.name === 'live') {
      this.#since = this.#lastByte = at;
      this.header = state.header;
      this.#say('good', 'Live');
    } else if (state.name === 'lost') {
      this.#since = 0;
      this.#add(make('li', { className: 'break', textContent: `${state.why}` }));
    } else if (state.name === 'waiting') {
      this.#say('warn', `Back in ${seconds(state.ms)}`);
      this.#add(make('li', { className: 'break', textContent: `waiting ${seconds(state.ms)}, ${state.why}` }));
    } else if (state.name === 'opening' && state.lastId) {
      this.#add(make('li', { className: 'break', textContent: `GET again, Last-Event-ID: ${state.lastId}` }));
    }
  }

  /** @param {HTMLLIElement} item */
  #add(item) {
    if (!this.#paused) {
      append(this.#log, item);
      return;
    }
    this.#held.push(item);
    find('wire-held', HTMLElement).textContent = `${this.#held.length} held back`;
  }

  /** Only the view is paused: the stream goes on. @param {boolean} paused */
  #pause(paused) {
    this.#paused = paused;
    const button = find('wire-pause', HTMLButtonElement);
    button.ariaPressed = String(paused);
    button.textContent = paused ? 'Go on' : 'Pause';
    if (paused) return;
    for (const item of this.#held.splice(0)) append(this.#log, item);
    find('wire-held', HTMLElement).textContent = '';
  }

  #tick() {
    const now = performance.now();
    figure('wire-age', this.#since ? seconds(now - this.#since) : '–');
    figure('wire-silent', this.#since ? seconds(now - this.#lastByte) : '–');
    figure('wire-bytes', this.#bytes.toLocaleString());
    figure('wire-events', this.#events.toLocaleString());
    figure('wire-id', this.#tap.lastId || 'none yet');
  }

  /**
   * @param {string} kind
   * @param {string} text
   */
  #say(kind, text) {
    this.#state.dataset.kind = kind;
    this.#state.textContent = text;
  }

  /** @param {HTMLInputElement} input */
  async #send(input) {
    const word = input.value.trim() || anyWord();
    input.value = '';
    input.placeholder = word;
    const exchange = await publish(this.#frame, word);
    const item = make('li', { className: 'exchange' },
      make('pre', { textContent: `POST ${exchange.path}\nContent-Type: application/x-www-form-urlencoded\n\n${exchange.sent}` }),
      make('pre', { className: 'answered', textContent: `${exchange.status || ''} ${exchange.statusText}\n\n${exchange.text}` }),
      make('p', { className: 'when', textContent: `${bytes(exchange.sent.length)} up, ${bytes(exchange.size)} down, ${millis(exchange.ended - exchange.began)}` }));
    const why = failure(exchange);
    if (why) {
      item.append(make('p', { className: 'bad', textContent: why }));
    } else {
      item.prepend(make('img', { src: exchange.json.url, alt: `A picture for ${quote(word)}` }));
      const note = make('p', { textContent: '' });
      item.append(note);
      this.#compare(exchange.json.url, exchange.ended, note);
    }
    const log = find('up-log', HTMLElement);
    log.prepend(item);
    while (log.childElementCount > EXCHANGES) log.lastElementChild?.remove();
  }

  /**
   * Says when the wire brought what the POST answered.
   * @param {string} url
   * @param {number} answered
   * @param {HTMLElement} note
   */
  #compare(url, answered, note) {
    const say = (/** @type {number} */ at) => {
      const ahead = answered - at;
      note.textContent = `Down the wire ${Math.abs(ahead).toFixed(1)} ms ${ahead >= 0 ? 'before' : 'after'} this answer.`;
    };
    const known = this.#arrivals.get(url);
    if (known !== undefined) {
      say(known);
      return;
    }
    note.textContent = 'Not yet down the wire.';
    const stop = this.listen((block, at) => {
      if (block.event !== 'picture' || parse(block.data)?.url !== url) return;
      stop();
      say(at);
    });
  }
}

/**
 * @param {Block} block
 * @param {string} when
 */
function drawBlock(block, when) {
  const raw = make('code', { className: 'raw' });
  for (const line of block.lines) {
    const { name } = field(line);
    const text = make('span', { className: 'line' });
    text.dataset.field = name || 'comment';
    text.append(make('b', { textContent: line.slice(0, name.length + 1) }), line.slice(name.length + 1));
    raw.append(text);
  }
  const button = make('button', { type: 'button', className: 'block', ariaExpanded: 'false' },
    make('span', { className: 'when', textContent: `+${when}` }), make('span', { className: 'size', textContent: bytes(block.size) }), raw);
  const item = make('li', {}, button);
  button.addEventListener('click', () => {
    const open = button.ariaExpanded !== 'true';
    button.ariaExpanded = String(open);
    if (open) item.append(parsed(block));
    else item.lastElementChild?.remove();
  });
  return item;
}

/** What EventSource makes of a block. @param {Block} block */
function parsed(block) {
  const list = make('dl', { className: 'parsed' });
  const row = (/** @type {string} */ name, /** @type {string} */ value) => {
    list.append(make('div', {}, make('dt', { textContent: name }), make('dd', { textContent: value })));
  };
  if (!block.dispatched) row('dispatched', 'no: without data there is no event');
  else row('event', `addEventListener('${block.event}', …)`);
  if (block.id !== undefined) row('lastEventId', block.id);
  if (block.retry !== undefined) row('retry', `reconnect after ${seconds(block.retry)}`);
  const data = parse(block.data);
  if (block.dispatched) row('data', data === undefined ? block.data : JSON.stringify(data, null, 2));
  return list;
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} id
 * @param {string} text
 */
function figure(id, text) {
  const element = find(id, HTMLElement);
  if (element.textContent !== text) element.textContent = text;
}
