import { WITH_ID } from './events.js';

/** @typedef {import('./index.js').Event} Event */

/** So many removals a tab that joins later is told, as many as the server tells. */
const REMOVED = 100;

/**
 * What this tab has seen. The page gets each picture once although it can come
 * twice: replayed after a reconnection, from two transports while one replaces the
 * other, from two leaders for a moment. Ids sort as strings in the order in which
 * they were made, and a frame's pictures come in that order: one that is no
 * newer than the newest was seen, or comes from a process that is behind.
 */
export class Dedupe {
  /** The id from which a new connection resumes. */
  last;
  /** @type {Map<string, Event>} the newest event of each name, for a tab that joins later */
  latest = new Map();
  /** @type {Event[]} the last removals, for the same */
  removed = [];
  /** The newest picture's id. */
  newest;

  /** @param {string} last */
  constructor(last) {
    this.last = this.newest = last;
  }

  /**
   * Reports whether everything up to this id has come by.
   *
   * @param {string} id
   */
  has(id) {
    return id <= this.last;
  }

  /**
   * Takes note of an event and says whether it is news.
   *
   * @param {Event} event
   */
  accept(event) {
    if (event.name === 'reset') {
      // What follows is the whole truth, also where it repeats something.
      this.last = event.id;
      this.newest = '';
      this.latest.delete('picture');
      this.removed = [];
      return true;
    }
    if (event.name === 'removed') {
      // Polls go on from it; elsewhere it has no id.
      if (event.id > this.last) this.last = event.id;
      if (this.latest.get('picture')?.id === event.data.id) this.latest.delete('picture');
      this.removed = [...this.removed, event].slice(-REMOVED);
      return true;
    }
    if (WITH_ID.includes(event.name) && event.id) {
      if (event.id <= this.newest) return false;
      this.last = this.newest = event.id;
    } else {
      // A stream that begins without a picture begins with an id all the same.
      this.last ||= event.id;
    }
    this.latest.set(event.name, event);
    return true;
  }
}
