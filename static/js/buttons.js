// Buttons, keys and fingers, and what they do.

import * as builder from './builder.js';
import * as cards from './cards.js';
import { button, element, find } from './dom.js';
import * as keys from './keys.js';
import { describe } from './picture.js';
import { permalink, share, toggleFull } from './share.js';
import * as swipe from './swipe.js';
import { isLoopback } from './transport/browser.js';

/** @typedef {import('./picture.js').Picture} Picture */
/** @typedef {import('./app.js').Frame} Frame */

/**
 * Hands on the controls. Those that need this script have been hidden so far.
 * @param {Frame} frame
 * @param {import('./controls.js').Controls} controls
 */
export function listen(frame, controls) {
  const { data, options, walk, status } = frame;
  const { strip, pad } = controls;
  for (const id of ['back', 'pause', 'forward', 'earlier', 'share']) button(id).hidden = false;
  button('full').hidden = !document.fullscreenEnabled;
  button('back').addEventListener('click', () => walk.back());
  button('forward').addEventListener('click', () => walk.forward());
  button('pause').addEventListener('click', () => walk.pause());
  button('live').addEventListener('click', () => walk.live());
  button('share').addEventListener('click', () => shareThis(frame));
  button('full').addEventListener('click', toggleFull);
  button('earlier').addEventListener('click', () => (strip.open ? (strip.open = false) : controls.openStrip()));
  element('stage').addEventListener('click', () => { strip.open = false; pad.close(); });
  strip.addEventListener('pick', (event) => walk.pick(/** @type {CustomEvent<Picture>} */ (event).detail));
  element('phone-hint').hidden = !isLoopback(location.hostname);

  cards.listen();
  builder.listen(data.home, location.search, async (url) => {
    // The address stays selected where there is no clipboard.
    if ((await share(url, document.title)) === 'copied') status.note('good', 'Address copied');
  });
  keys.listenFull(toggleFull);
  if (options.ui) listenToHands(frame, controls);
}

/**
 * What nobody can see to undo is not begun where there are no controls.
 * @param {Frame} frame
 * @param {import('./controls.js').Controls} controls
 */
function listenToHands({ walk }, controls) {
  const { strip, pad, search } = controls;
  swipe.listen(element('stage'), { back: () => walk.back(), forward: () => walk.forward() });
  keys.listen({
    asleep: () => controls.asleep,
    scrolls: () => controls.remote.matches,
    type: () => {
      // What lies over the line would take the letter.
      cards.closeCard();
      strip.open = false;
      search.focus();
    },
    back: () => walk.back(),
    forward: () => walk.forward(),
    live: () => walk.live(),
    pause: () => walk.pause(),
    open: () => { if (!strip.open) controls.openStrip(); },
    down: () => (strip.open ? (strip.open = false) : pad.show()),
    letters: () => pad.show(),
    escape: () => controls.leave(),
  });
}

/** @param {Frame} frame */
async function shareThis({ data, walk, status }) {
  const picture = walk.cursor.current;
  if (!picture?.id) return;
  const url = permalink(data.frame, picture.id);
  const result = await share(url, describe(picture));
  if (result === 'copied') status.note('good', 'Link copied');
  if (result !== 'refused') return;
  const field = find('link-url', HTMLInputElement);
  field.value = url;
  cards.showCard(element('link'));
  field.select();
}
