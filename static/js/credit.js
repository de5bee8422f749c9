// The label beside a picture: what it is, who made it, under which licence.

import { make } from './dom.js';

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * Writes a picture's credit into its place. It has the same parts as the one
 * that frame.html renders.
 * @param {HTMLElement} place
 * @param {Picture} picture
 */
export function writeCredit(place, picture) {
  /** @type {HTMLElement[]} */
  const facts = [];
  if (picture.owner) facts.push(make('span', {}, 'by ', linked(make('bdi', {}, picture.owner), picture.owner_url)));
  if (picture.license) facts.push(make('span', {}, linked(picture.license, picture.license_url)));
  if (picture.source && picture.source !== 'album') facts.push(make('span', {}, 'Flickr'));
  const by = make('p', { className: 'credit-by' }, ...facts.flatMap((fact, place) => (place ? [' · ', fact] : [fact])));

  const note = make('p', { className: 'credit-note', hidden: !picture.note }, picture.note ?? '');
  place.replaceChildren(
    make('p', { className: 'credit-now' }, 'On screen now'),
    make('p', { className: 'credit-word', dir: 'auto' }, picture.keyword),
    make('p', { className: 'credit-title', dir: 'auto' }, linked(picture.title || 'Untitled', picture.page_url)),
    by,
    note,
  );
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
 * @param {Node|string} content
 * @param {string|undefined} address
 * @returns {Node|string}
 */
function linked(content, address) {
  // Only web addresses: whatever else a photo's data may hold stays text.
  if (!address || !/^(https?:\/\/|\/)/i.test(address)) return content;
  return make('a', { href: address, target: '_blank', rel: 'noopener' }, content);
}
