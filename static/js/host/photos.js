// Pictures on the desk.

import { Sizes } from '../sizes.js';
import { describe } from '../picture.js';

/** @typedef {import('./data.js').Picture} Picture */

const sizes = new Sizes();

/**
 * Shows a picture in an image, in the next smaller size where one does not exist.
 * @param {HTMLImageElement} image
 * @param {Picture} picture
 * @param {boolean} small
 */
export function show(image, picture, small) {
  const left = small ? sizes.thumbnails(picture.url) : sizes.candidates(picture.url);
  image.alt = describe(picture);
  image.draggable = false;
  image.onerror = () => next();
  image.onload = () => { if (!small) sizes.worked(image.src); };
  const next = () => {
    const address = left.shift();
    if (address) image.src = address;
    else image.onerror = null;
  };
  next();
}

/**
 * Brings a list's items in line with what they stand for: items that stay are not
 * touched, so that neither a finger nor the focus loses what it is on. The focus of
 * one that goes is given to its neighbour, or to the list's title.
 * @template T
 * @param {HTMLElement} list
 * @param {T[]} wanted
 * @param {(each: T) => string} key
 * @param {(each: T) => HTMLElement} item
 */
export function arrange(list, wanted, key, item) {
  /** @type {Map<string|undefined, HTMLElement>} */
  const there = new Map();
  const focus = /** @type {HTMLElement} */ (document.activeElement);
  const was = [...list.children].findIndex((child) => child.contains(focus));
  for (const child of list.children) if (child instanceof HTMLElement) there.set(child.dataset.key, child);
  const keys = new Set(wanted.map(key));
  for (const [name, child] of there) if (!keys.has(name ?? '')) child.remove();
  wanted.forEach((each, place) => {
    const name = key(each);
    const child = there.get(name) ?? item(each);
    child.dataset.key = name;
    if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
  });
  if (was < 0 || list.contains(focus)) return;
  const near = list.children[Math.min(was, wanted.length - 1)]?.getElementsByClassName(focus.className)[0];
  if (near instanceof HTMLElement) near.focus({ preventScroll: true });
  else toTitle(list);
}

/** Moves the focus to the title of the part that an element is in, or of the desk. @param {HTMLElement} element */
export function toTitle(element) {
  const title = element.closest('section')?.querySelector('h2');
  const heir = title?.offsetHeight ? title : document.querySelector('h1');
  if (!heir) return;
  heir.tabIndex = -1;
  heir.focus({ preventScroll: true });
}
