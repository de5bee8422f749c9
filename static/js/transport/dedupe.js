/** @typedef {import('./index.js').Event} Event */

/**
 * How many ids are remembered: two histories' worth (the server keeps 100), so
 * that no replay can bring one back that was forgotten here.
 */
const REMEMBERED = 200;

/**
 * What this tab has seen. The page gets each picture once although it can come
 * twice: replayed after a reconnection, from two transports while one replaces the
 * other, from two leaders for a moment. Ids are opaque: compared, never ordered.
 */
export class Dedupe {
  /** The newest id, from which a new connection resumes. */
  last;
  /** @type {Map<string, Event>} the newest event of each name, for a tab that joins later */
  latest = new Map();
  /** @type {Set<string>} in the order of their arrival */
  #seen = new Set();

  /** @param {string} last */
  constructor(last) {
    this.last = last;
    if (last) this.#seen.add(last);
  }

  /** @param {string} id */
  has(id) {
    return this.#seen.has(id);
  }

  /**
   * Takes note of an event and says whether it is news.
   *
   * @param {Event} event
   */
  accept(event) {
    if (event.name === 'reset') {
      // What follows is the whole truth, also where it repeats something.
      this.last = '';
      this.#seen.clear();
      this.latest.delete('picture');
      return true;
    }
    if (event.id) {
      if (this.#seen.has(event.id)) return false;
      this.#seen.add(event.id);
      if (this.#seen.size > REMEMBERED) this.#seen.delete(this.#seen.values().next().value ?? '');
      this.last = event.id;
    }
    this.latest.set(event.name, event);
    return true;
  }
}
