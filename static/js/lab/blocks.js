// Cuts an event stream into its blocks, by the HTML standard's rules (9.2.6),
// and keeps what a parser would throw away: the raw lines and their size.

const LF = 10;
const CR = 13;

/**
 * One block: what stands between two blank lines.
 * @typedef {object} Block
 * @property {string[]} lines as they came
 * @property {number} size in bytes, line ends included
 * @property {string} event what a listener has to listen for
 * @property {string|undefined} id undefined when the block sets none
 * @property {string} data
 * @property {number|undefined} retry in milliseconds
 * @property {boolean} dispatched whether a page hears of it at all
 */

export class Blocks {
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** @type {number[]} */
  #line = [];
  /** @type {string[]} */
  #lines = [];
  #size = 0;
  #afterCR = false;
  #first = true;

  /** Bytes of a block that has begun and not ended. */
  get pending() { return this.#size; }

  /**
   * @param {Uint8Array} bytes
   * @returns {Block[]} those that these bytes have completed
   */
  push(bytes) {
    /** @type {Block[]} */
    const blocks = [];
    for (const byte of bytes) {
      this.#size++;
      if (byte === LF && this.#afterCR) {
        this.#afterCR = false; // the second half of a CRLF
      } else if (byte === LF || byte === CR) {
        this.#afterCR = byte === CR;
        this.#endLine(blocks);
      } else {
        this.#afterCR = false;
        this.#line.push(byte);
      }
    }
    return blocks;
  }

  /** @param {Block[]} blocks */
  #endLine(blocks) {
    let line = this.#decoder.decode(new Uint8Array(this.#line));
    this.#line = [];
    if (this.#first) line = line.replace(/^\uFEFF/, '');
    this.#first = false;
    if (line !== '') {
      this.#lines.push(line);
      return;
    }
    if (this.#lines.length > 0) blocks.push(interpret(this.#lines, this.#size));
    this.#lines = [];
    this.#size = 0;
  }
}

/**
 * @param {string[]} lines
 * @param {number} size
 * @returns {Block}
 */
function interpret(lines, size) {
  /** @type {Block} */
  const block = { lines, size, event: 'message', id: undefined, data: '', retry: undefined, dispatched: false };
  /** @type {string[]} */
  const data = [];
  for (const line of lines) {
    const { name, value } = field(line);
    if (name === 'data') data.push(value);
    else if (name === 'event') block.event = value || 'message';
    else if (name === 'id' && !value.includes('\0')) block.id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) block.retry = Number(value);
  }
  block.data = data.join('\n');
  block.dispatched = data.length > 0;
  return block;
}

/**
 * Splits a line at its colon. A comment is a field without a name.
 * @param {string} line
 */
export function field(line) {
  const colon = line.indexOf(':');
  if (colon < 0) return { name: line, value: '' };
  const value = line.slice(colon + 1);
  return { name: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}
