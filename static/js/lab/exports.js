// What came down the wire, as a file and back: as text that is an event stream
// itself, as JSON, and as CSV (RFC 4180). Each of them can be replayed.

import { Blocks } from './blocks.js';

/** @typedef {import('./blocks.js').Block} Block */

/**
 * A block, and when it came.
 * @typedef {object} Arrival
 * @property {Block} block
 * @property {number} at milliseconds since the first
 */

/** @typedef {'text'|'json'|'csv'} Format */

/** By format: what the file is called and what is in it. @type {Record<Format, {ending: string, type: string, write: (arrivals: Arrival[]) => string}>} */
export const FORMATS = {
  text: { ending: 'txt', type: 'text/plain', write: text },
  json: { ending: 'json', type: 'application/json', write: json },
  csv: { ending: 'csv', type: 'text/csv', write: csv },
};

/** What begins the comment that says when a block came. */
const CAME = 'arrived after ';

/** @param {Arrival[]} arrivals */
function text(arrivals) {
  return arrivals.map(({ block, at }) => `: ${CAME}${Math.round(at)} ms, ${block.size} bytes\n\n${block.lines.join('\n')}\n\n`).join('');
}

/** @param {Arrival[]} arrivals */
function json(arrivals) {
  const blocks = arrivals.map(({ block, at }) => {
    const { event, id, retry, data, size, lines, dispatched } = block;
    return { at: Math.round(at), size, event: dispatched ? event : undefined, id, retry, data: dispatched ? data : undefined, lines };
  });
  return `${JSON.stringify({ blocks }, null, 1)}\n`;
}

const COLUMNS = ['at_ms', 'size', 'event', 'id', 'retry_ms', 'data', 'raw'];

/** @param {Arrival[]} arrivals */
function csv(arrivals) {
  const rows = arrivals.map(({ block, at }) => [Math.round(at), block.size, block.dispatched ? block.event : '', block.id ?? '', block.retry ?? '', block.data, block.lines.join('\n')]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** @param {string|number} value */
function cell(value) { return /[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value); }

/**
 * Reads an export of any format. It throws an Error that says what is wrong with
 * a file that is none.
 * @param {string} file
 * @returns {Arrival[]}
 */
export function read(file) {
  const body = file.replace(/^\uFEFF/, '');
  const arrivals = body.startsWith('{') ? fromJSON(body) : body.startsWith(COLUMNS[0] ?? '') ? fromCSV(body) : fromText(body);
  if (arrivals.length === 0) throw new Error('There is no event in it.');
  if (arrivals.some(({ at }, i) => !(at >= (arrivals[i - 1]?.at ?? 0)))) throw new Error('Its times do not grow.');
  return arrivals;
}

/** @param {string} body */
function fromText(body) {
  /** @type {Arrival[]} */
  const arrivals = [];
  let at = 0;
  for (const block of parse(body)) {
    const [line] = block.lines;
    const came = block.lines.length === 1 && line?.startsWith(`: ${CAME}`) ? parseInt(line.slice(2 + CAME.length), 10) : NaN;
    if (came >= 0) at = came;
    else arrivals.push({ block, at });
  }
  return arrivals;
}

/** @param {string} body */
function fromJSON(body) {
  const { blocks } = JSON.parse(body);
  if (!Array.isArray(blocks)) throw new Error('It has no list of blocks.');
  return blocks.map(({ at, lines }) => arrival(Number(at), Array.isArray(lines) ? lines.map(String) : []));
}

/** @param {string} body */
function fromCSV(body) {
  const [head, ...rows] = records(body);
  const when = head?.indexOf('at_ms') ?? -1;
  const raw = head?.indexOf('raw') ?? -1;
  if (raw < 0) throw new Error('It has no column “raw”.');
  return rows.map((row) => arrival(Number(row[when]), (row[raw] ?? '').split('\n')));
}

/**
 * @param {number} at
 * @param {string[]} lines
 * @returns {Arrival}
 */
function arrival(at, lines) {
  const [block] = parse(`${lines.join('\n')}\n\n`);
  if (!block || !(at >= 0)) throw new Error('An event in it cannot be read.');
  return { block, at };
}

/** @param {string} stream */
function parse(stream) { return new Blocks().push(new TextEncoder().encode(stream)); }

/** Splits CSV into records of fields. @param {string} body */
function records(body) {
  /** @type {string[][]} */
  const all = [];
  let record = /** @type {string[]} */ ([]);
  // A field, bare or quoted, and what ends it; the pattern matches at every place.
  for (const [, quoted, bare, end] of body.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/g)) {
    record.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    if (record.length > 1) all.push(record);
    record = [];
    if (end === '') break;
  }
  return all;
}
