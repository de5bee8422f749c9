// The label beside a picture: what it is, who made it, under which licence.

import { find } from './dom.js';

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * Fills the page's template with a picture's credit and puts it into its place.
 * What is not known of the picture stays hidden. A part names its field in
 * data-field, a link in data-href, so a new one is written into the template only.
 * @param {HTMLElement} place
 * @param {Picture} picture
 * @param {Record<string, string>} labels what the page calls each source
 */
export function writeCredit(place, picture, labels) {
  const label = /** @type {DocumentFragment} */ (find('credit-parts', HTMLTemplateElement).content.cloneNode(true));
  /** @type {Record<string, unknown>} */
  const fields = { ...picture, title: picture.title || 'Untitled', source: labels[picture.source ?? ''] };
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (label.querySelectorAll('[data-field]'))) {
    const text = fields[part.dataset.field ?? ''];
    part.hidden = !text;
    (part.querySelector('bdi') ?? part.querySelector('a') ?? part).textContent = String(text ?? '');
  }
  for (const anchor of /** @type {NodeListOf<HTMLElement>} */ (label.querySelectorAll('[data-href]'))) {
    link(anchor, fields[anchor.dataset.href ?? '']);
  }
  place.replaceChildren(label);
  place.hidden = false;
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
