// The page's entry: finds the elements and ties the modules together. What
// comes down the stream is shown; what people do moves this screen through the
// history, and a word goes up as an ordinary request.

import './able.js';
import { Absence } from './absence.js';
import { Announcer } from './announcer.js';
import * as builder from './builder.js';
import * as cards from './cards.js';
import { Clock } from './clock.js';
import { clearCredit, writeCredit } from './credit.js';
import { aria, find } from './dom.js';
import { writeHosted } from './hosted.js';
import { Idle, IDLE_MS, WORKING_MS } from './idle.js';
import { keepInSight } from './keyboard.js';
import * as keys from './keys.js';
import { parseOptions } from './options.js';
import { Pad } from './pad.js';
import { describe } from './picture.js';
import { Queue } from './queue.js';
import { Receipts } from './receipts.js';
import { Search } from './search.js';
import { permalink, share, toggleFull } from './share.js';
import { Sizes } from './sizes.js';
import { Stage } from './stage.js';
import { Status } from './status.js';
import { Strip } from './strip.js';
import * as swipe from './swipe.js';
import { Ticker } from './ticker.js';
import { isLoopback, steadyClock } from './transport/browser.js';
import { connect } from './transport/index.js';
import { keptWord, reloadKeeping, Upgrade } from './upgrade.js';
import { Wake } from './wake.js';
import { Walk } from './walk.js';

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * What the server wrote into the page.
 * @typedef {object} FrameData
 * @property {string} frame the frame's name
 * @property {string} home the frame's path
 * @property {string} id of the event after which the stream goes on, or ""
 * @property {Picture|null} picture the picture in the page
 * @property {number} viewers
 * @property {number} sample the part of them that says what it shows
 * @property {boolean} fixed whether this is a permalink's page
 * @property {string} version of the page
 * @property {string} welcome address of a picture for when there is nothing else
 * @property {Record<string, string>} labels what the page calls each source
 */

/** @type {FrameData} */
const data = JSON.parse(find('frame-data', HTMLScriptElement).text);
const options = parseOptions(location.search);
const root = document.documentElement;
if (!options.ui) root.dataset.ui = '0';
if (!options.motion) root.dataset.motion = '0';

const element = (/** @type {string} */ id) => find(id, HTMLElement);
const button = (/** @type {string} */ id) => find(id, HTMLButtonElement);
const word = find('word', HTMLInputElement);
/** What is said while a picture cannot be loaded. */
const LATE = 'The new picture did not load. Trying again …';
/** A narrow window is a remote for the wall, unless it has no controls; remote.css says the same. */
const remote = matchMedia(options.ui ? '(max-width: 40rem)' : 'not all');

const sizes = new Sizes();
const stage = new Stage(element('stage'), { fit: options.fit, picture: data.picture, welcome: data.welcome, sizes,
  follows: (earlier, later) => walk.cursor.follows(earlier, later) });
const walk = new Walk(stage, data);
const announcer = new Announcer(element('say'));
const ticker = new Ticker();
const queue = new Queue(element('next'));
ticker.add((now) => queue.draw(now));
const search = new Search(find('ask', HTMLFormElement), word, element('answer'), { ticker, queue, say: (text) => announcer.say('answer', text) });
const pad = new Pad(element('pad'), word, { send: () => search.ask(word.value), asleep: () => idle.idle });
const status = new Status(element('state'), element('looking'), element('viewers'), (text) => announcer.say('state', text));
const strip = new Strip(element('strip'), element('strip-list'), button('earlier'), remote, drawStrip, sizes);
const wake = new Wake(() => !remote.matches && !root.hasAttribute('data-night'));
const clock = new Clock(element('clock'), options, () => wake.update());
const idle = new Idle(() => {
  if (remote.matches || !stage.shown || cards.cardIsOpen()) return Infinity;
  return search.engaged || strip.open || pad.open ? WORKING_MS : IDLE_MS;
});
const absence = new Absence(() => idle.quiet, {
  notice: (seconds) => {
    const [returning, was] = [element('returning'), element('returning').hidden];
    returning.hidden = !seconds;
    returning.textContent = `Back to live in ${seconds} s, unless somebody is here`;
    if (seconds && was) announcer.say('state', returning.textContent);
  },
  back: () => {
    strip.open = false;
    walk.live();
  },
});

const upgrade = new Upgrade(data.version, {
  quiet: () => idle.quiet,
  free: () => !absence.away && !search.engaged && !pad.open && !cards.cardIsOpen(),
  reload: () => reloadKeeping(word.value),
}, steadyClock(globalThis));

// What comes from the server.

const stream = connect({ frame: data.frame, lastEventId: data.fixed ? '' : data.id, transport: options.transport });

/**
 * @param {string} name
 * @param {(data: any, detail: any) => void} handle
 */
function on(name, handle) {
  stream.addEventListener(name, (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    handle(detail.data, detail);
  });
}

// A permalink's page does not come with the frame's newest picture: the first
// one down the stream is that, and nothing new.
let isNew = !data.fixed;
on('picture', (picture, { id, live }) => {
  status.found();
  walk.arrive({ ...picture, id }, { isNew, live });
  search.arrives(picture);
  isNew = true;
  resuming = false;
});
on('searching', ({ keyword }) => {
  // The line itself reports the searches that begin here.
  if (!search.asks(keyword)) status.searching(keyword);
});
on('host', (set) => {
  writeHosted(element('hosted'), set);
  search.hosted(set.frozen);
});
on('queue', (line) => {
  queue.hear(line, ticker.now());
  if (line.waiting.some((/** @type {{keyword: string}} */ { keyword }) => status.looksFor(keyword))) status.found();
  search.queued();
});
on('presence', ({ viewers }) => {
  status.viewers(viewers);
  // What is set and who waits comes after it, if anything is and does.
  if (resuming) forgetHost();
  resuming = false;
});
on('removed', ({ id }) => walk.remove(id));
on('time', ({ now, version }) => {
  clock.set(now);
  upgrade.hear(version);
});
on('state', (_, connection) => {
  status.connection(connection);
  if (connection.state === 'live' && resuming) tryAgain();
  if (connection.state !== 'live') resuming = true;
  // Polls say neither how many watch nor what is set: better nothing than something old.
  if (connection.transport !== 'poll') return;
  status.viewers(0);
  forgetHost();
});
function forgetHost() {
  writeHosted(element('hosted'), {});
  queue.clear();
  ticker.start();
}

// At the beginning of a stream a reset reports a gap in the replay; later, that
// the frame has been cleared. The first presence ends the beginning; polls carry none.
let resuming = true;
on('reset', (_, { live }) => walk.reset(live || !resuming));

stage.addEventListener('shown', (event) => {
  const picture = /** @type {CustomEvent<Picture>} */ (event).detail;
  status.late(stage.failing ? LATE : '');
  document.title = picture.keyword ? `${picture.keyword} · Picture Frame` : 'Picture Frame';
  document.getElementById('hint')?.remove();
  suggest(picture.keyword);
  if (!picture.keyword) {
    clearCredit(element('credit'));
    return;
  }
  writeCredit(element('credit'), picture, data.labels, stage.beside);
  announcer.say('picture', describe(picture) + (stage.beside ? `. Left of it: ${describe(stage.beside)}` : ''));
  search.hangs(picture, walk.cursor.pictures);
  idle.label();
});
stage.addEventListener('failed', () => status.late(LATE));
addEventListener('online', tryAgain);

/** Loads what is missing, now that the network may be back. */
function tryAgain() {
  stage.again();
  strip.again();
}

// What goes to the server.

new Receipts(data).listen({ stream, stage, search }, (line) => options.ui && status.note('good', line));

search.addEventListener('published', (event) => {
  const picture = /** @type {CustomEvent<Picture>} */ (event).detail;
  // A screen that was in the history goes live: its viewer wants to see the answer.
  if (!walk.cursor.live) walk.live();
  pad.close();
  // With the stream down the answer itself is what there is to see.
  if (stream.state !== 'live' && picture.url) stage.show(picture);
  search.hangs(stage.shown, walk.cursor.pictures);
});

/**
 * Invites to type, with the last word.
 * @param {string} keyword
 */
function suggest(keyword) {
  search.suggest(keyword || 'anything');
}

// Through the history.

walk.addEventListener('moved', follow);
walk.addEventListener('failed', () => status.note('warn', 'The earlier pictures cannot be reached now.'));

/** Brings the controls in line with the cursor. */
function follow() {
  const { live, unseen, pictures, current } = walk.cursor;
  button('back').disabled = !walk.canGoBack;
  button('forward').disabled = live;
  aria(button('pause'), 'pressed', !live);
  button('share').disabled = !current?.id;
  button('live').hidden = live || pictures.length === 0;
  button('live').textContent = unseen ? `Back to live (${unseen} new)` : 'Back to live';
  if (live && data.fixed) leavePermalink();
  drawStrip();
}

/** A permalink's picture is meant to stay; any other that is held, and an open strip, is not. */
function watchAbsence() {
  const { live, current } = walk.cursor;
  const meant = data.fixed && current?.id === data.picture?.id;
  absence.away = strip.open || !(live || meant);
}

function drawStrip() {
  watchAbsence();
  if (document.hidden) return; // its pictures would be loaded
  if (strip.needed) walk.need();
  strip.draw(walk.cursor.pictures, walk.cursor.current);
}

async function openStrip() {
  strip.open = true;
  await walk.need();
  strip.focus();
}

/** The permalink's address would bring a reload back to its picture. */
function leavePermalink() {
  const query = new URLSearchParams(location.search);
  query.delete('frame');
  history.replaceState(null, '', data.home + (String(query) && `?${query}`));
}

async function shareThis() {
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

/** The address stays selected where there is no clipboard. @param {string} url */
async function copyAddress(url) {
  if ((await share(url, document.title)) === 'copied') status.note('good', 'Address copied');
}

// Hands on the controls. Those that need this script have been hidden so far.

for (const id of ['back', 'pause', 'forward', 'earlier', 'share']) button(id).hidden = false;
button('full').hidden = !document.fullscreenEnabled;
button('back').addEventListener('click', () => walk.back());
button('forward').addEventListener('click', () => walk.forward());
button('pause').addEventListener('click', () => walk.pause());
button('live').addEventListener('click', () => walk.live());
button('share').addEventListener('click', shareThis);
button('full').addEventListener('click', toggleFull);
button('earlier').addEventListener('click', () => (strip.open ? (strip.open = false) : openStrip()));
element('stage').addEventListener('click', () => { strip.open = false; pad.close(); });
strip.addEventListener('pick', (event) => walk.pick(/** @type {CustomEvent<Picture>} */ (event).detail));
document.addEventListener('visibilitychange', drawStrip);
element('phone-hint').hidden = !isLoopback(location.hostname);

keepInSight(word, element('answer'));
cards.listen();
builder.listen(data.home, location.search, copyAddress);
keys.listenFull(toggleFull);
if (options.ui) {
  // What nobody can see to undo is not begun where there are no controls.
  swipe.listen(element('stage'), { back: () => walk.back(), forward: () => walk.forward() });
  keys.listen({
    asleep: () => idle.idle,
    scrolls: () => remote.matches,
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
    open: () => { if (!strip.open) openStrip(); },
    down: () => (strip.open ? (strip.open = false) : pad.show()),
    letters: () => pad.show(),
    escape: leave,
  });
}

/** Leaves one thing after the other. */
function leave() {
  if (pad.open) pad.close();
  else if (document.activeElement === word) word.blur();
  else if (strip.open) strip.open = false;
  else if (!walk.cursor.live) walk.live();
  else return false;
  return true;
}

// Begin with what came in the page.

if (data.picture) {
  walk.cursor.add(data.picture);
  if (data.fixed) walk.cursor.pin(data.picture);
  suggest(data.picture.keyword);
}
document.getElementById('fixed')?.remove(); // the way back without this script
status.viewers(data.viewers);
word.value ||= keptWord();
remote.addEventListener('change', () => wake.update());
wake.update();
element('sleeps').hidden = wake.possible;
follow();
root.dataset.js = '';
