// The label beside a picture: what it is, who made it, under which licence.

import { find } from './dom.js';

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * Fills the page's template with a picture's credit and puts it into its place.
 * What is not known of the picture stays hidden.
 * @param {HTMLElement} place
 * @param {Picture} picture
 * @param {Record<string, string>} labels what the page calls each source
 */
export function writeCredit(place, picture, labels) {
  const label = /** @type {DocumentFragment} */ (find('credit-parts', HTMLTemplateElement).content.cloneNode(true));
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (label.querySelector(selector));
  const write = (/** @type {string} */ name, /** @type {string|undefined} */ text) => {
    const whole = part(`.credit-${name}`);
    whole.hidden = !text;
    (whole.querySelector('bdi') ?? whole.querySelector('a') ?? whole).textContent = text ?? '';
  };
  write('word', picture.keyword);
  write('title', picture.title || 'Untitled');
  write('owner', picture.owner);
  write('license', picture.license);
  write('source', labels[picture.source ?? '']);
  write('note', picture.note);
  part('.credit-license .credit-dot').hidden = !picture.owner;
  part('.credit-source .credit-dot').hidden = !picture.owner && !picture.license;
  link(part('.credit-title a'), picture.page_url);
  link(part('.credit-owner a'), picture.owner_url);
  link(part('.credit-license a'), picture.license_url);
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
 * @param {string|undefined} address
 */
function link(anchor, address) {
  // Only web addresses: whatever else a photo's data may hold stays text.
  if (address && /^(https?:\/\/|\/)/i.test(address)) anchor.setAttribute('href', address);
}
