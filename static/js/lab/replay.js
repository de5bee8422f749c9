// Files of what came down the wire: saving one, and playing one back.

import { find } from '../dom.js';
import { FORMATS, read } from './exports.js';
import { seconds } from './parts.js';

/** A longer silence is cut to this while a file is played. */
const SILENCE_MS = 2000;

/** A file is larger than this only if it is no export: 500 blocks of 4 KiB at most. */
const MOST_BYTES = 8 << 20;

/**
 * Has the browser save blocks as a file.
 * @param {string} format one of FORMATS
 * @param {import('./wire-log.js').Line[]} lines with blocks
 */
export function save(format, lines) {
  const { ending, type, write } = FORMATS[/** @type {import('./exports.js').Format} */ (format)];
  const first = lines[0]?.at ?? 0;
  const file = write(lines.flatMap(({ block, at }) => (block ? [{ block, at: at - first }] : [])));
  download(`wire.${ending}`, new Blob([file], { type }));
}

/**
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the browser has begun by then
}

export class Replay {
  #log;
  #button = find('wire-replay', HTMLButtonElement);
  #file = find('wire-file', HTMLInputElement);
  #said = find('wire-replaying', HTMLElement);
  #label = this.#button.textContent;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  running = false;

  /** @param {import('./wire-log.js').WireLog} log */
  constructor(log) {
    this.#log = log;
    this.#button.addEventListener('click', () => {
      if (this.running) this.#stop('Stopped.');
      else this.#file.click();
    });
    this.#file.addEventListener('change', () => this.#open());
  }

  async #open() {
    const [file] = this.#file.files ?? [];
    this.#file.value = ''; // the same file may be chosen again
    if (!file) return;
    try {
      if (file.size > MOST_BYTES) throw new Error('It is too large.');
      this.#play(read(await file.text()), file.name);
    } catch (error) {
      this.#said.textContent = `This is no export of the wire. ${error instanceof SyntaxError ? '' : /** @type {Error} */ (error).message}`;
    }
  }

  /**
   * @param {import('./exports.js').Arrival[]} arrivals
   * @param {string} name
   */
  #play(arrivals, name) {
    this.#log.clear();
    this.running = true;
    this.#button.textContent = 'Stop';
    const step = (/** @type {number} */ i) => {
      const arrival = arrivals[i];
      if (!arrival) return this.#stop(`Replayed ${name}: ${arrivals.length} blocks. The stream goes on below it.`);
      const { block, at } = arrival;
      const gap = at - (arrivals[i - 1]?.at ?? at);
      this.#said.ariaLive = 'off'; // a count is for the eye
      this.#said.textContent = `Replay of ${name}, ${i + 1} of ${arrivals.length}; silence over ${SILENCE_MS / 1000} s is cut`;
      this.#log.add({ block, at, gap, when: `+${seconds(at)}`, text: '' });
      const next = arrivals[i + 1]?.at ?? at;
      this.#timer = setTimeout(() => step(i + 1), Math.min(next - at, SILENCE_MS));
    };
    step(0);
  }

  /** @param {string} text */
  #stop(text) {
    clearTimeout(this.#timer);
    this.running = false;
    this.#button.textContent = this.#label;
    this.#said.ariaLive = 'polite';
    this.#said.textContent = text;
  }
}
