// What several modules share, as types only: this file has no code.

/**
 * A picture as the server sends it, with the ID of the event that brought it.
 * @typedef {object} Picture
 * @property {string} [id] absent in the answer to a publish
 * @property {string} url
 * @property {string} keyword
 * @property {string} [title]
 * @property {string} [owner]
 * @property {string} [owner_url]
 * @property {string} [page_url]
 * @property {string} [license]
 * @property {string} [license_url]
 * @property {number} [width]
 * @property {number} [height]
 * @property {string} [source] flickr, feed or album
 * @property {string} [note] why the album stands in
 */

/**
 * What the server wrote into the page.
 * @typedef {object} FrameData
 * @property {string} frame the frame's name
 * @property {string} home the frame's path
 * @property {string} id the ID of the newest picture, "" when there is none
 * @property {Picture|null} picture the picture in the page
 * @property {number} viewers
 * @property {boolean} fixed whether this is a permalink's page
 * @property {string} welcome address of a picture for when there is nothing else
 */

export {};
