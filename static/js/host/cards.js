// The pictures that wait for the host, each as a large card with two buttons.

import { make, quote } from '../dom.js';
import { arrange, show } from './photos.js';

/** @typedef {import('./data.js').Waiting} Waiting */

/** A card that has just moved under a finger takes no press for so long. */
const MOVED_MS = 350;

/** So far a card has to be swiped. */
const SWIPE_PX = 96;

/**
 * Draws the cards, and calls decide when the host has decided about one.
 */
export class Cards {
  #list;
  #decide;
  /** @type {Map<string, {top: number, moved: number}>} by ticket */
  #places = new Map();

  /**
   * @param {HTMLElement} list
   * @param {(waiting: Waiting, show: boolean) => Promise<boolean>} decide tells whether it is done
   */
  constructor(list, decide) {
    this.#list = list;
    this.#decide = decide;
  }

  /** @param {Waiting[]} waiting */
  draw(waiting) {
    arrange(this.#list, waiting, ({ ticket }) => ticket, (each) => this.#card(each));
    this.#note(waiting);
  }

  /** Notes which cards have moved. @param {Waiting[]} waiting */
  #note(waiting) {
    const now = performance.now();
    const places = new Map();
    waiting.forEach(({ ticket }, place) => {
      const before = this.#places.get(ticket);
      const { offsetTop: top } = /** @type {HTMLElement} */ (this.#list.children[place]);
      places.set(ticket, { top, moved: before && before.top === top ? before.moved : now });
    });
    this.#places = places;
  }

  /** @param {Waiting} waiting */
  #card(waiting) {
    const photo = make('img', { className: 'card-photo' });
    show(photo, waiting.picture, false);
    const key = (/** @type {'Drop'|'Show'} */ what) => {
      const kind = what.toLowerCase();
      const made = make('button', { type: 'button', className: `key key-${kind}` }, what);
      made.setAttribute('aria-label', `${what} ${quote(waiting.keyword)}`);
      made.dataset.kind = kind;
      return made;
    };
    const [drop, hang] = [key('Drop'), key('Show')];
    const word = make('p', { className: 'card-word', dir: 'auto' }, waiting.keyword);
    const card = make('li', { className: 'card' }, photo, word, make('div', { className: 'card-keys' }, drop, hang));
    const decide = async (/** @type {boolean} */ shown) => {
      const { moved = 0 } = this.#places.get(waiting.ticket) ?? {};
      if (card.dataset.decided || performance.now() - moved < MOVED_MS) return;
      card.dataset.decided = shown ? 'show' : 'drop';
      card.setAttribute('aria-busy', 'true');
      const done = await this.#decide(waiting, shown);
      if (done) return; // the desk that comes is without it
      delete card.dataset.decided;
      card.removeAttribute('aria-busy');
    };
    drop.addEventListener('click', () => decide(false));
    hang.addEventListener('click', () => decide(true));
    swipe(card, photo, decide);
    return card;
  }
}

/**
 * Lets a card be swiped by its picture: to the right it is shown, to the left dropped.
 * @param {HTMLElement} card
 * @param {HTMLElement} handle
 * @param {(show: boolean) => void} decide
 */
function swipe(card, handle, decide) {
  /** @type {{id: number, x: number}|null} */
  let from = null;
  /** @param {number} by */
  const move = (by) => {
    card.style.setProperty('--by', `${by}px`);
    card.dataset.swipe = Math.abs(by) < SWIPE_PX ? '' : by > 0 ? 'show' : 'drop';
  };
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    from = { id: event.pointerId, x: event.clientX };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (from?.id === event.pointerId) move(event.clientX - from.x);
  });
  handle.addEventListener('pointerup', (event) => {
    if (from?.id !== event.pointerId) return;
    const by = event.clientX - from.x;
    from = null;
    move(0);
    if (Math.abs(by) >= SWIPE_PX) decide(by > 0);
  });
  handle.addEventListener('pointercancel', () => { // it has become a scroll
    from = null;
    move(0);
  });
}
