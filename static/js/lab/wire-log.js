// What is shown of a stream: its blocks with the gaps between them, filtered and
// searched; one of them parsed.

import { find, make } from '../dom.js';
import { NAMES } from '../transport/events.js';
import { field } from './blocks.js';
import { append, bytes, seconds } from './parts.js';

/** @typedef {import('./blocks.js').Block} Block */

/** Silence between two blocks that is marked. */
const GAP_MS = 250;

/** How many lines are kept; the file that is exported has as many. */
export const KEPT = 500;

/** What the filter calls blocks of which a page hears nothing. */
const UNHEARD = 'comments, retry';

/**
 * A line: a block, or what became of the connection.
 * @typedef {object} Line
 * @property {Block|null} block
 * @property {number} at on the clock of performance.now()
 * @property {number} gap silence before it, 0 where nothing is before it
 * @property {string} when
 * @property {string} text of a line without a block
 */

export class WireLog {
  #log = find('wire-log', HTMLElement);
  #filter = find('wire-filter', HTMLSelectElement);
  #search = find('wire-search', HTMLInputElement);
  #pause = find('wire-pause', HTMLButtonElement);
  #parsed = find('wire-parsed', HTMLElement);
  /** @type {HTMLElement|null} the block that is parsed */
  #chosen = null;
  /** @type {Line[]} */
  #lines = [];
  /** Lines that came since the pause. */
  #held = 0;

  constructor() {
    for (const name of [...NAMES, UNHEARD]) this.#filter.append(make('option', { value: name, textContent: name }));
    this.#filter.addEventListener('change', () => this.#redraw());
    this.#search.addEventListener('input', () => this.#redraw());
    this.#pause.addEventListener('click', () => this.#setPaused(!this.#paused));
    find('wire-clear', HTMLButtonElement).addEventListener('click', () => this.clear());
  }

  get #paused() { return this.#pause.ariaPressed === 'true'; }

  /** The blocks that are kept. */
  get blocks() { return this.#lines.filter(({ block }) => block !== null); }

  /** @param {Line} line */
  add(line) {
    this.#lines.push(line);
    this.#lines.splice(0, this.#lines.length - KEPT);
    if (this.#paused) {
      this.#held = Math.min(this.#held + 1, KEPT);
      find('wire-held', HTMLElement).textContent = `${this.#held} held back`;
    } else if (this.#fits(line)) {
      append(this.#log, this.#draw(line), KEPT);
    }
  }

  clear() {
    this.#lines = [];
    this.#held = 0;
    this.#log.replaceChildren();
    this.#choose(null, null);
    find('wire-held', HTMLElement).textContent = '';
  }

  /** Only the view is paused: the stream goes on. @param {boolean} paused */
  #setPaused(paused) {
    this.#pause.ariaPressed = String(paused);
    this.#pause.textContent = paused ? 'Go on' : 'Pause';
    if (paused) return;
    const held = this.#held ? this.#lines.slice(-this.#held) : [];
    for (const line of held) if (this.#fits(line)) append(this.#log, this.#draw(line), KEPT);
    this.#held = 0;
    find('wire-held', HTMLElement).textContent = '';
  }

  #redraw() {
    const seen = this.#held ? this.#lines.slice(0, -this.#held) : this.#lines;
    this.#choose(null, null);
    this.#log.replaceChildren(...seen.filter((line) => this.#fits(line)).map((line) => this.#draw(line)));
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** @param {Line} line */
  #fits({ block, text }) {
    const only = this.#filter.value;
    const kind = !block ? '' : block.dispatched ? block.event : UNHEARD;
    if (only && kind !== only) return false;
    const wanted = this.#search.value.trim().toLowerCase();
    return (block?.lines.join('\n') ?? text).toLowerCase().includes(wanted);
  }

  /** @param {Line} line */
  #draw({ block, gap, when, text }) {
    const item = make('li', {});
    if (gap > GAP_MS) item.append(make('p', { className: 'gap', textContent: `${seconds(gap)} of silence` }));
    if (!block) {
      item.className = 'break';
      item.append(text);
      return item;
    }
    const button = make('button', { type: 'button', className: 'block', ariaPressed: 'false' },
      make('span', { className: 'when', textContent: when }), make('span', { className: 'size', textContent: bytes(block.size) }), raw(block));
    button.addEventListener('click', () => this.#choose(button === this.#chosen ? null : button, block));
    item.append(button);
    return item;
  }

  /**
   * Shows a block parsed, below the log: in it, it could lie below the fold.
   * @param {HTMLElement|null} button
   * @param {Block|null} block
   */
  #choose(button, block) {
    if (this.#chosen) this.#chosen.ariaPressed = 'false';
    this.#chosen = button;
    this.#parsed.hidden = !button;
    if (!button || !block) return;
    button.ariaPressed = 'true';
    this.#parsed.replaceChildren(parsed(block));
    this.#parsed.scrollTop = 0;
    button.scrollIntoView({ block: 'nearest' }); // the log is lower now
  }
}

/** A block as it came. @param {Block} block */
function raw(block) {
  const code = make('code', { className: 'raw' });
  for (const line of block.lines) {
    const { name } = field(line);
    const text = make('span', { className: 'line' });
    text.dataset.field = name || 'comment';
    text.append(make('b', { textContent: line.slice(0, name.length + 1) }), line.slice(name.length + 1));
    code.append(text);
  }
  return code;
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

/** @param {string} text @returns {any} undefined when it is no JSON */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
