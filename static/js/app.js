// The page's entry: finds the elements and ties the modules together. What
// comes down the stream is shown; what people do moves the cursor.

import { Clock } from './clock.js';
import { writeCredit } from './credit.js';
import { Cursor, KEPT } from './cursor.js';
import { find } from './dom.js';
import { Idle } from './idle.js';
import * as keys from './keys.js';
import { parseOptions } from './options.js';
import { Search } from './search.js';
import { permalink, share, toggleFull } from './share.js';
import { describe, Stage } from './stage.js';
import { Status } from './status.js';
import { Strip } from './strip.js';
import * as swipe from './swipe.js';
import { connect } from './transport/index.js';
import { keepAwake } from './wake.js';

/** @typedef {import('./types.js').Picture} Picture */
/** @typedef {import('./types.js').FrameData} FrameData */

/** @type {FrameData} */
const data = JSON.parse(find('frame-data', HTMLScriptElement).text);
const options = parseOptions(location.search);
const root = document.documentElement;
root.dataset.js = '';
if (!options.ui) root.dataset.ui = '0';
if (!options.motion) root.dataset.motion = '0';

const element = (/** @type {string} */ id) => find(id, HTMLElement);
const button = (/** @type {string} */ id) => find(id, HTMLButtonElement);
const remote = matchMedia('(max-width: 40rem) and (orientation: portrait)');

const cursor = new Cursor();
/** Whether the cursor knows what was shown before this page was opened. */
let historyKnown = false;
const stage = new Stage(element('stage'), { fit: options.fit, picture: data.picture, welcome: data.welcome });
const search = new Search(find('ask', HTMLFormElement), find('word', HTMLInputElement), element('answer'));
const status = new Status(element('state'), element('looking'), element('viewers'));
const strip = new Strip(element('strip'), element('strip-list'), button('earlier'), drawStrip);
const clock = new Clock(element('clock'), options);
const idle = new Idle(() => search.engaged || strip.open || remote.matches || !stage.shown
  || document.querySelector('[popover]:popover-open') !== null);

if (data.picture) {
  // On a permalink's page the newest picture is another one: it comes down the
  // stream, and this one stays until the viewer wants to be live.
  cursor.add({ ...data.picture });
  if (data.fixed) cursor.pin(data.picture);
}
status.viewers(data.viewers);
suggest(data.picture?.keyword ?? '');
keepAwake(() => !remote.matches);
followCursor();

/**
 * Invites to type, with the word on screen where it is not said elsewhere.
 * @param {string} keyword
 */
function suggest(keyword) {
  if (remote.matches) search.suggest('type a word');
  else if (keyword) search.suggest(keyword);
}

// Down.

const stream = connect({ frame: data.frame, lastEventId: data.fixed ? '' : data.id, transport: options.transport });

/**
 * @param {string} name
 * @param {(detail: any) => void} handle
 */
function on(name, handle) {
  stream.addEventListener(name, (event) => handle(/** @type {CustomEvent} */ (event).detail));
}

// A permalink's page does not come with the frame's newest picture: the first
// one down the stream is that, and nothing new.
let current = data.fixed;
on('picture', (event) => {
  status.found();
  if (cursor.add({ ...event.data, id: event.id }, !current)) stage.show(/** @type {Picture} */ (cursor.current));
  current = false;
  followCursor();
});
on('searching', (event) => {
  // Who asks is told on the line itself.
  if (!search.busy) status.searching(event.data.keyword);
});
on('presence', (event) => status.viewers(event.data.viewers));
on('time', (event) => clock.set(event.data.now));
on('state', (connection) => status.connection(connection));
on('reset', () => {
  cursor.clear();
  historyKnown = false;
  followCursor();
});

stage.addEventListener('shown', (event) => {
  const picture = /** @type {CustomEvent<Picture>} */ (event).detail;
  if (!picture.keyword) return;
  writeCredit(element('credit'), picture);
  suggest(picture.keyword);
  document.getElementById('hint')?.remove();
  document.title = `${picture.keyword} · Picture Frame`;
  element('say').textContent = describe(picture);
  idle.label();
});
stage.addEventListener('failed', () => {
  status.note('warn', 'The new picture did not load. This one stays.');
});

// Up.

search.addEventListener('published', (event) => {
  const picture = /** @type {CustomEvent<Picture>} */ (event).detail;
  status.found();
  // Whoever asks wants to see the answer, also where the stream is down.
  const waiting = cursor.current;
  cursor.goLive();
  if (cursor.current && cursor.current !== waiting) stage.show(cursor.current);
  if (cursor.current?.url !== picture.url && picture.url) stage.show(picture);
  followCursor();
});

// Moving through the history.

/** Fetches what was shown before this page was opened, once it is wanted. */
async function needHistory() {
  if (historyKnown) return;
  historyKnown = true;
  try {
    const response = await fetch(`/history?frame=${encodeURIComponent(data.frame)}&limit=${KEPT}`, { headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(response.statusText);
    cursor.merge((await response.json()).pictures);
  } catch {
    historyKnown = false;
    status.note('warn', 'The earlier pictures cannot be reached now.');
  }
  followCursor();
}

/** @param {() => void} step */
function move(step) {
  step();
  if (cursor.current) stage.show(cursor.current);
  followCursor();
}

async function back() {
  await needHistory();
  move(() => cursor.back());
}
const forward = () => { if (!cursor.live) move(() => cursor.forward()); };
const goLive = () => {
  move(() => cursor.goLive());
  // The address would bring a reload back to the picture of the permalink.
  if (data.fixed) history.replaceState(null, '', data.home + location.search.replace(/([?&])frame=[^&]*&?/, '$1').replace(/[?&]$/, ''));
  document.getElementById('fixed')?.remove();
};
const pause = () => (cursor.live ? move(() => cursor.pause()) : goLive());

async function openStrip() {
  strip.open = true;
  await needHistory();
  strip.focus();
}

function drawStrip() {
  if (strip.needed) needHistory();
  strip.draw(cursor.pictures, cursor.current);
}

/** Brings the controls in line with the cursor. */
function followCursor() {
  const { live, unseen, pictures, canGoBack } = cursor;
  button('back').disabled = historyKnown && !canGoBack;
  button('forward').disabled = live;
  button('pause').ariaPressed = String(!live);
  button('share').disabled = !cursor.current?.id;
  button('live').hidden = live || pictures.length === 0;
  button('live').textContent = unseen ? `Back to live (${unseen} new)` : 'Back to live';
  drawStrip();
}

async function shareThis() {
  const picture = stage.shown ?? cursor.current;
  if (!picture?.id) return;
  const url = permalink(data.frame, picture.id);
  const result = await share(url, describe(picture));
  if (result === 'copied') status.note('good', 'Link copied');
  if (result !== 'refused') return;
  const field = find('link-url', HTMLInputElement);
  field.value = url;
  element('link').showPopover();
  field.select();
}

// Controls that only work with this script have been hidden until now.

for (const id of ['back', 'pause', 'forward', 'earlier', 'share', 'full']) button(id).hidden = false;
if (!document.fullscreenEnabled) button('full').hidden = true;
button('back').addEventListener('click', back);
button('forward').addEventListener('click', forward);
button('pause').addEventListener('click', pause);
button('live').addEventListener('click', goLive);
button('share').addEventListener('click', shareThis);
button('full').addEventListener('click', toggleFull);
button('earlier').addEventListener('click', () => (strip.open ? (strip.open = false) : openStrip()));
strip.addEventListener('pick', (event) => {
  const picture = /** @type {CustomEvent<Picture>} */ (event).detail;
  if (picture.id === cursor.pictures.at(-1)?.id) goLive();
  else move(() => cursor.pin(picture));
});
element('stage').addEventListener('click', () => { strip.open = false; });
element('phone-hint').hidden = !/^(localhost|127\.|\[::1\])/.test(location.hostname);

swipe.listen(element('stage'), { back, forward });
keys.listen({
  type: (text) => search.focus(text),
  back,
  forward,
  live: goLive,
  pause,
  open: () => { if (!strip.open) openStrip(); },
  close: () => { strip.open = false; },
  escape: () => {
    if (document.activeElement === element('word')) element('word').blur();
    else if (strip.open) strip.open = false;
    else if (!cursor.live) goLive();
  },
  full: toggleFull,
});
