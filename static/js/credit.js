// The label beside a picture: what it is, who made it, under which licence.

import { contain, find, make, quote } from './dom.js';

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * Puts a picture's credit into its place, below that of the one beside it.
 * @param {HTMLElement} place
 * @param {Picture} picture
 * @param {Record<string, string>} labels what the page calls each source
 * @param {Picture|null} [beside] the earlier picture, on the left
 */
export function writeCredit(place, picture, labels, beside) {
  place.replaceChildren(label(picture, labels));
  if (beside) {
    const left = make('div', { className: 'credit-beside' }, label({ ...beside, keyword: `Left: ${quote(beside.keyword)}` }, labels));
    place.prepend(left);
  }
  place.hidden = false;
}

/**
 * Fills the page's template with a picture's credit. What is not known of the picture
 * stays hidden. A part names its field in data-field, a link in data-href, so a new
 * one is written into the template only.
 * @param {Picture} picture
 * @param {Record<string, string>} labels
 */
function label(picture, labels) {
  const filled = /** @type {DocumentFragment} */ (find('credit-parts', HTMLTemplateElement).content.cloneNode(true));
  /** @type {Record<string, unknown>} */
  const fields = { ...picture, title: picture.title || 'Untitled', owner: contain(picture.owner ?? ''), source: labels[picture.source ?? ''] };
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (filled.querySelectorAll('[data-field]'))) {
    const text = fields[part.dataset.field ?? ''];
    part.hidden = !text;
    (part.querySelector('bdi') ?? part.querySelector('a') ?? part).textContent = String(text ?? '');
  }
  for (const anchor of /** @type {NodeListOf<HTMLElement>} */ (filled.querySelectorAll('[data-href]'))) {
    link(anchor, fields[anchor.dataset.href ?? '']);
  }
  return filled;
}

/**
 * Takes the label away: the picture that welcomes has none.
 * @param {HTMLElement} place
 */
export function clearCredit(place) {
  place.replaceChildren();
  place.hidden = true;
}

/**
 * @param {HTMLElement} anchor
 * @param {unknown} address
 */
function link(anchor, address) {
  // Only web addresses: whatever else a photo's data may hold stays text.
  if (typeof address === 'string' && /^(https?:\/\/|\/)/i.test(address)) anchor.setAttribute('href', address);
}
