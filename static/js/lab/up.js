// The Ajax that goes up, and when the wire brought what it asked for.

import { find, make, quote } from '../dom.js';
import { anyWord, bytes, failure, millis, publish } from './parts.js';
import { parse } from './wire-log.js';

/** How many exchanges stay listed. */
const EXCHANGES = 8;

/** How many arrivals are remembered. */
const ARRIVALS = 100;

export class Up {
  #frame;
  #wire;
  /** When a picture came down, by its address. @type {Map<string, number>} */
  #arrivals = new Map();

  /**
   * @param {string} frame
   * @param {import('./wire.js').Wire} wire
   */
  constructor(frame, wire) {
    this.#frame = frame;
    this.#wire = wire;
    wire.listen((block, at) => {
      if (block.event !== 'picture') return;
      const url = parse(block.data)?.url ?? '';
      this.#arrivals.delete(url); // or it would be forgotten as an old one
      this.#arrivals.set(url, at);
      if (this.#arrivals.size > ARRIVALS) this.#arrivals.delete([...this.#arrivals.keys()][0] ?? '');
    });
    onWord('wire-form', 'wire-word', (word) => this.#send(word));
  }

  /** @param {string} word */
  async #send(word) {
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
      const note = make('p', { textContent: 'Not yet down the wire.' });
      item.append(note);
      this.whenDown(exchange, (ahead) => { note.textContent = `Down the wire ${Math.abs(ahead).toFixed(1)} ms ${ahead >= 0 ? 'before' : 'after'} this answer.`; });
    }
    const log = find('up-log', HTMLElement);
    log.prepend(item);
    while (log.childElementCount > EXCHANGES) log.lastElementChild?.remove();
  }

  /**
   * Tells how many milliseconds before its POST's answer a picture came down the
   * wire, once it has.
   * @param {import('./parts.js').Exchange} exchange
   * @param {(ahead: number) => void} say
   */
  whenDown({ json, began, ended }, say) {
    const known = this.#arrivals.get(json.url);
    if (known !== undefined && known >= began) {
      say(ended - known);
      return;
    }
    const stop = this.#wire.listen((block, at) => {
      if (block.event !== 'picture' || parse(block.data)?.url !== json.url) return;
      stop();
      say(ended - at);
    });
  }
}

/**
 * Calls send with the word of a form, or with another when it is empty.
 * @param {string} form
 * @param {string} field
 * @param {(word: string) => void} send
 */
export function onWord(form, field, send) {
  find(form, HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const input = find(field, HTMLInputElement);
    const word = input.value.trim() || anyWord();
    input.value = '';
    input.placeholder = word;
    send(word);
  });
}
