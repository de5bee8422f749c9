// The strip of earlier pictures.

import { aria, make } from './dom.js';
import { describe } from './picture.js';

/** @typedef {import('./picture.js').Picture} Picture */

/** One transparent pixel: an image without one, or with a broken one, shows the browser's mark. */
const BLANK = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

/**
 * Draws the pictures of a history as a row of buttons, and nothing while it is
 * closed, so that a closed strip costs no memory. It dispatches `pick` with the
 * picture as detail.
 */
export class Strip extends EventTarget {
  #section;
  #list;
  #button;
  #remote;
  #opened = false;
  /** @type {Map<string, HTMLLIElement>} by picture ID */
  #items = new Map();
  /** @type {HTMLLIElement|undefined} */
  #current;
  /** @type {Picture|undefined} */
  #first;
  #draw;
  #sizes;
  /** @type {Set<() => void>} begin again with the small pictures that could not be loaded */
  #broken = new Set();
  #tries = 0;

  /**
   * @param {HTMLElement} section
   * @param {HTMLElement} list
   * @param {HTMLElement} button opens and closes it
   * @param {MediaQueryList} remote where the strip is always open
   * @param {() => void} draw is called when the strip comes to need its pictures
   * @param {import('./sizes.js').Sizes} sizes
   */
  constructor(section, list, button, remote, draw, sizes) {
    super();
    this.#section = section;
    this.#list = list;
    this.#button = button;
    this.#remote = remote;
    this.#draw = draw;
    this.#sizes = sizes;
    remote.addEventListener('change', () => draw());
  }

  get open() {
    return this.#opened;
  }

  set open(open) {
    if (open === this.#opened) return;
    const inside = this.#section.contains(document.activeElement);
    this.#opened = open;
    this.#section.hidden = !open;
    aria(this.#button, 'expanded', open);
    document.documentElement.toggleAttribute('data-strip', open);
    this.#draw();
    if (!open && inside) this.#button.focus();
  }

  get needed() {
    return this.#opened || this.#remote.matches;
  }

  /**
   * @param {readonly Picture[]} pictures oldest first
   * @param {Picture|undefined} current
   */
  draw(pictures, current) {
    if (!this.needed) {
      this.#items.clear();
      this.#broken.clear();
      this.#current = undefined;
      this.#list.replaceChildren();
      return;
    }
    /** @type {Map<string, HTMLLIElement>} */
    const items = new Map();
    for (const picture of pictures) {
      const id = picture.id ?? '';
      const item = this.#items.get(id) ?? this.#item(picture);
      item.firstElementChild?.toggleAttribute('aria-current', false);
      items.set(id, item);
    }
    this.#items = items;
    // Moving what is in place already would start its picture again.
    const inside = this.#list.contains(document.activeElement);
    const wanted = items.size ? [...items.values()] : [make('li', { className: 'strip-empty' }, 'No pictures yet.')];
    for (const item of [...this.#list.children]) if (!wanted.includes(/** @type {HTMLLIElement} */ (item))) item.remove();
    wanted.forEach((item, place) => {
      if (this.#list.children[place] !== item) this.#list.insertBefore(item, this.#list.children[place] ?? null);
    });
    // Pictures that come in before the others push the current one aside.
    if (this.#first !== pictures[0]) this.#current = undefined;
    this.#first = pictures[0];
    this.#mark(current && items.get(current.id ?? ''));
    if (inside && !this.#list.contains(document.activeElement)) this.focus(); // its picture was taken off
  }

  /** Moves the focus to the current picture. */
  focus() {
    const current = this.#list.querySelector('[aria-current]') ?? this.#list.querySelector('button');
    if (current instanceof HTMLElement) current.focus({ preventScroll: true });
  }

  /**
   * Marks the current picture, brings it into view when it is another one than
   * before, and takes along a focus that is in the strip.
   * @param {HTMLLIElement|undefined} item
   */
  #mark(item) {
    item?.firstElementChild?.setAttribute('aria-current', 'true');
    if (!item || item === this.#current) return;
    this.#current = item;
    // scrollIntoView would also move the page.
    this.#list.scrollLeft = item.offsetLeft - (this.#list.clientWidth - item.offsetWidth) / 2;
    if (this.#list.contains(document.activeElement)) this.focus();
  }

  /** Tries again to load what is missing, because the network may be back. */
  again() {
    this.#tries++;
    const broken = [...this.#broken];
    this.#broken.clear();
    for (const begin of broken) begin();
  }

  /**
   * Loads the smallest copy of a picture that there is. None is shown broken.
   * @param {HTMLImageElement} thumb
   * @param {string} url
   */
  #load(thumb, url) {
    /** @type {string[]} */
    let left = [];
    let tries = 0;
    const next = () => {
      const address = left.shift();
      thumb.src = address ?? BLANK;
      return address !== undefined;
    };
    const begin = () => {
      tries = this.#tries;
      left = this.#sizes.thumbnails(url);
      next();
    };
    thumb.addEventListener('error', () => {
      if (next()) return;
      if (tries !== this.#tries) begin(); // the network came back while this failed
      else this.#broken.add(begin);
    });
    begin();
  }

  /** @param {Picture} picture */
  #item(picture) {
    const thumb = make('img', { className: 'strip-thumb', alt: '', loading: 'lazy', decoding: 'async', draggable: false });
    this.#load(thumb, picture.url);
    const word = make('span', { className: 'strip-word', dir: 'auto' }, picture.keyword);
    const button = make('button', { type: 'button', className: 'strip-pick' }, thumb, word);
    aria(button, 'label', describe(picture));
    button.addEventListener('click', () => this.dispatchEvent(new CustomEvent('pick', { detail: picture })));
    return make('li', { className: 'strip-item' }, button);
  }
}
