// What a desk is, to every module that handles one.

import { find } from '../dom.js';

/** @typedef {import('../picture.js').Picture} Picture */

/**
 * A picture that has been found and does not hang yet.
 * @typedef {object} Waiting
 * @property {string} ticket
 * @property {string} keyword
 * @property {Picture} picture
 * @property {boolean} approved it only waits for its turn
 */

/**
 * What the server says of a frame to its host.
 * @typedef {object} Desk
 * @property {boolean} frozen
 * @property {boolean} approve
 * @property {number} hold milliseconds
 * @property {number} viewers
 * @property {Record<string, number>} transports viewers by how they follow
 * @property {Waiting[]} waiting first what waits for the host, then what is in line
 * @property {Picture[]} pictures newest first
 */

/** @type {{frame: string}} */
const data = JSON.parse(find('host-data', HTMLScriptElement).text);

/** @param {string} path */
export const address = (path) => `${path}?frame=${encodeURIComponent(data.frame)}`;
