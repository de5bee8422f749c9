// What a picture is, to every module that handles one.

import { contain } from './dom.js';

/**
 * A picture as the server sends it, with the ID of the event that brought it.
 * @typedef {object} Picture
 * @property {string} [id] absent in the answer to a publish
 * @property {string} url the size may be a guess: sizes.js has the others
 * @property {string} keyword empty for the drawing that welcomes
 * @property {string} [title]
 * @property {string} [owner]
 * @property {string} [owner_url]
 * @property {string} [page_url]
 * @property {string} [license]
 * @property {string} [license_url]
 * @property {number} [width]
 * @property {number} [height]
 * @property {{url: string, width: number, height: number}[]} [sizes] larger files of the same photo, smallest first
 * @property {string} [source] flickr, openverse, feed or album
 * @property {string} [note] why the album stands in
 */

/**
 * The words that stand for a picture where it cannot be seen.
 * @param {Picture} picture
 */
export function describe({ keyword, title, owner }) {
  if (!keyword) return 'A drawn landscape';
  return [contain(keyword), title && `${contain(title)}${owner ? ` by ${contain(owner)}` : ''}`].filter(Boolean).join(': ');
}
