// The page's entry, and all that it takes to follow the stream: what comes down
// it is shown. The controls are loaded once that is under way.

import './able.js';
import { Announcer } from './announcer.js';
import { Clock } from './clock.js';
import { clearCredit, writeCredit } from './credit.js';
import { contain, element, find } from './dom.js';
import { Hearing } from './hearing.js';
import { Later } from './later.js';
import { parseOptions } from './options.js';
import { describe } from './picture.js';
import { Sizes } from './sizes.js';
import { Stage } from './stage.js';
import { Status } from './status.js';
import { steadyClock } from './transport/browser.js';
import { connect } from './transport/index.js';
import { keptWord, reloadKeeping, Upgrade } from './upgrade.js';
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

/** What the controls work on. @typedef {typeof frame} Frame */

/** @type {FrameData} */
const data = JSON.parse(find('frame-data', HTMLScriptElement).text);
const options = parseOptions(location.search);
const root = document.documentElement;
if (!options.ui) root.dataset.ui = '0';
if (!options.motion) root.dataset.motion = '0';

const word = find('word', HTMLInputElement);
/** What is said while a picture cannot be loaded. */
const LATE = 'The new picture did not load. Trying again …';

const sizes = new Sizes();
const stage = new Stage(element('stage'), { fit: options.fit, picture: data.picture, welcome: data.welcome, sizes,
  follows: (earlier, later) => walk.cursor.follows(earlier, later) });
const walk = new Walk(stage, data);
const announcer = new Announcer(element('say'));
const status = new Status(element('state'), element('looking'), element('viewers'), (text) => announcer.say('state', text));
const clock = new Clock(element('clock'), options);
const stream = connect({ frame: data.frame, lastEventId: data.fixed ? '' : data.id, transport: options.transport });
const hearing = new Hearing(stream);
const frame = { data, options, word, sizes, stage, walk, announcer, status, clock, stream, hearing };
const later = new Later(frame);
const upgrade = new Upgrade(data.version, {
  quiet: () => later.controls?.quiet() ?? performance.now(),
  free: () => later.controls?.free() ?? true,
  reload: () => reloadKeeping(word.value),
}, steadyClock(globalThis));

// What comes from the server.

// A permalink's page does not come with the frame's newest picture: the first
// one down the stream is that, and nothing new.
let isNew = !data.fixed;
hearing.on('picture', (picture, { id, live }) => {
  status.found();
  walk.arrive({ ...picture, id }, { isNew, live });
  isNew = true;
  resuming = false;
});
hearing.on('presence', ({ viewers }) => {
  status.viewers(viewers);
  resuming = false;
});
hearing.on('removed', ({ id }) => walk.remove(id));
hearing.on('time', ({ now, version }) => {
  clock.set(now);
  upgrade.hear(version);
});
hearing.on('state', (_, connection) => {
  status.connection(connection);
  if (connection.state !== 'connecting') later.load();
  if (connection.state === 'live' && resuming) stage.again();
  if (connection.state !== 'live') resuming = true;
  // Polls do not say how many watch: better nothing than something old.
  if (connection.transport === 'poll') status.viewers(0);
});

// At the beginning of a stream a reset reports a gap in the replay; later, that
// the frame has been cleared. The first presence ends the beginning; polls carry none.
let resuming = true;
hearing.on('reset', (_, { live }) => walk.reset(live || !resuming));

stage.addEventListener('shown', (event) => {
  const picture = /** @type {CustomEvent<Picture>} */ (event).detail;
  status.late(stage.failing ? LATE : '');
  document.title = picture.keyword ? `${contain(picture.keyword)} · Picture Frame` : 'Picture Frame';
  document.getElementById('hint')?.remove();
  suggest(picture.keyword || 'anything');
  if (!picture.keyword) {
    clearCredit(element('credit'));
    return;
  }
  writeCredit(element('credit'), picture, data.labels, stage.beside);
  announcer.say('picture', describe(picture) + (stage.beside ? `. Left of it: ${describe(stage.beside)}` : ''));
});
stage.addEventListener('failed', () => status.late(LATE));
addEventListener('online', () => stage.again()); // the network may be back

/**
 * Invites to type, with the last word.
 * @param {string} keyword
 */
function suggest(keyword) {
  word.placeholder = keyword;
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
root.dataset.js = '';
