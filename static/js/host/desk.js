// The desk's entry: shows what the server says of the frame, and sends what the host does.

import { find, make, quote } from '../dom.js';
import { Cards } from './cards.js';
import { Follow } from './follow.js';
import { Hold } from './hold.js';
import { arrange, show, toTitle } from './photos.js';
import { send } from './send.js';
import { twice } from './twice.js';

/** @typedef {import('./data.js').Desk} Desk */
/** @typedef {import('./data.js').Picture} Picture */
/** @typedef {import('./data.js').Waiting} Waiting */

const element = (/** @type {string} */ id) => find(id, HTMLElement);
const button = (/** @type {string} */ id) => find(id, HTMLButtonElement);
const root = document.documentElement;

/** How long it is said that something was not done. */
const ALERT_MS = 8000;

/** What is said while the processes' memory is away. */
const AWAY = 'The frame cannot reach its memory: nothing can hang, be taken off or be set until it is back. What hangs stays.';

/** @type {Desk|undefined} */
let desk;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let alerting;

/** @param {string} text */
function alarm(text) {
  clearTimeout(alerting);
  element('alert').textContent = text;
  element('alert').hidden = false;
  alerting = setTimeout(() => { element('alert').hidden = true; }, ALERT_MS);
}

/**
 * Does something, and says so where it could not be done.
 * @param {string} what
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function act(what, method, path, body) {
  const { status, problem } = await send(method, path, body);
  if (status === 503) look();
  if (problem) alarm(`${what} did not work. ${problem}`);
  return !problem;
}

/** Asks whether anything can be done at all. */
async function look() {
  const status = await fetch('/readyz').then((answer) => answer.status, () => 0);
  if (!status) return; // the stream will tell
  element('away').textContent = AWAY;
  element('away').hidden = status !== 503;
}

// What the host does.

const cards = new Cards(element('cards'), decide);
const hold = new Hold(button('shorter'), button('longer'), element('hold'), (ms) => act('Changing the time', 'PATCH', '/host/desk', { hold: ms }));

/** @param {Waiting} waiting @param {boolean} shown */
async function decide({ ticket, keyword }, shown) {
  const path = `/host/desk/waiting/${encodeURIComponent(ticket)}`;
  const { status, problem } = await send('POST', path, { show: shown });
  if (status === 503) look();
  if (status === 404) alarm(`${quote(keyword)} no longer waits.`);
  else if (problem) alarm(`${shown ? 'Showing' : 'Dropping'} ${quote(keyword)} did not work. ${problem}`);
  else say(`${shown ? 'Shown' : 'Dropped'}: ${quote(keyword)}`);
  return !problem;
}

/** @param {Picture} picture */
function takeOff({ id, keyword }) {
  return act(`Taking ${quote(keyword)} off`, 'DELETE', `/history/${encodeURIComponent(id ?? '')}`);
}

const spareWall = twice(button('off'), 'Press again to take it off', () => {
  const hanging = desk?.pictures[0];
  if (hanging) takeOff(hanging);
});
twice(button('clear'), 'Press again to clear all', () => act('Clearing', 'DELETE', '/history'));
for (const [id, name] of /** @type {const} */ ([['freeze', 'frozen'], ['approve', 'approve']])) {
  button(id).addEventListener('click', async () => {
    if (!desk || button(id).hasAttribute('aria-busy')) return;
    button(id).setAttribute('aria-busy', 'true');
    await act(id === 'freeze' ? 'Freezing' : 'Approving', 'PATCH', '/host/desk', { [name]: !desk[name] });
    button(id).removeAttribute('aria-busy');
  });
}
button('signout').addEventListener('click', async () => {
  const { problem } = await send('DELETE', '/host/session');
  if (problem) alarm(`Signing out did not work. ${problem}`);
  else location.reload();
});

// What the desk shows.

/** @param {string} text */
function say(text) {
  element('say').textContent = text;
}

/** What the host reads for each transport. */
const TRANSPORTS = { sse: 'SSE', websocket: 'WebSocket', poll: 'polling', ndjson: 'NDJSON' };

/** @param {Desk} desk */
function watching({ viewers, transports }) {
  const counts = [[viewers, 'watching']];
  for (const [name, text] of Object.entries(TRANSPORTS)) counts.push([transports[name] ?? 0, text]);
  const said = counts.filter(([n], i) => n || !i).map(([n, text]) => `${n?.toLocaleString()} ${text}`);
  // Each keeps its dot, so that no line begins with one.
  return said.flatMap((text, i) => [i ? ' ' : '', make('span', {}, text, i + 1 < said.length ? ' ·' : '')]);
}

/** @param {Desk} next */
function draw(next) {
  const before = desk;
  desk = next;
  const forHost = next.waiting.filter(({ approved }) => !approved);
  const inLine = next.waiting.filter(({ approved }) => approved);
  element('viewers').replaceChildren(...watching(next));
  element('viewers').hidden = false;
  root.toggleAttribute('data-frozen', next.frozen);
  drawSwitch('freeze', next.frozen, 'The picture stays', 'Off');
  drawSwitch('approve', next.approve, 'You choose', 'Off');
  element('waiting').hidden = !next.approve && forHost.length === 0;
  element('nothing').hidden = forHost.length > 0;
  element('waiting-title').textContent = forHost.length > 1 ? `Waiting for you: ${forHost.length}` : 'Waiting for you';
  cards.draw(forHost);
  element('line').hidden = inLine.length === 0;
  element('come').hidden = element('waiting').hidden && inLine.length === 0;
  arrange(element('rows'), inLine, ({ ticket }) => ticket, row);
  hold.draw(next.hold);
  drawWall(next.pictures, before?.pictures[0]);
  document.title = `${forHost.length ? `(${forHost.length}) ` : ''}${document.title.replace(/^\(\d+\) /, '')}`;
  const known = new Set(before?.waiting.map(({ ticket }) => ticket));
  const news = forHost.filter(({ ticket }) => !known.has(ticket));
  if (before && news.length) say(`${forHost.length === 1 ? '1 picture waits' : `${forHost.length} pictures wait`} for you.`);
}

/**
 * @param {'freeze'|'approve'} id
 * @param {boolean} on
 * @param {string} means
 * @param {string} off
 */
function drawSwitch(id, on, means, off) {
  button(id).disabled = false;
  button(id).setAttribute('aria-pressed', String(on));
  element(`${id}-state`).textContent = on ? means : off;
}

/** @param {Picture[]} pictures @param {Picture|undefined} before */
function drawWall(pictures, before) {
  const [hanging, ...earlier] = pictures;
  const photo = find('wall-photo', HTMLImageElement);
  if (hanging?.id !== before?.id || photo.hidden === Boolean(hanging)) {
    spareWall(); // the first press meant another picture
    photo.hidden = element('wall-word').hidden = !hanging;
    element('wall-empty').hidden = Boolean(hanging);
    if (hanging) show(photo, hanging, false);
    else photo.removeAttribute('src');
    element('wall-word').textContent = hanging?.keyword ?? '';
  }
  const focus = document.activeElement;
  button('off').disabled = button('clear').disabled = !hanging;
  if (focus?.matches('#off:disabled, #clear:disabled')) toTitle(button('off'));
  arrange(element('lasts'), earlier, ({ id }) => id ?? '', last);
  element('last-empty').hidden = earlier.length > 0;
}

/** A picture that hung before. @param {Picture} picture */
function last(picture) {
  const photo = make('img', { className: 'last-photo', loading: 'lazy', decoding: 'async' });
  show(photo, picture, true);
  const off = make('button', { type: 'button', className: 'key last-off' }, 'Take off');
  off.setAttribute('aria-label', `Take off ${quote(picture.keyword)}`);
  twice(off, 'Press again', () => takeOff(picture));
  return make('li', { className: 'last' }, photo, make('p', { className: 'last-word', dir: 'auto' }, picture.keyword), off);
}

/** A picture that waits for its turn. @param {Waiting} waiting */
function row(waiting) {
  const photo = make('img', { className: 'row-photo' });
  show(photo, waiting.picture, true);
  const drop = make('button', { type: 'button', className: 'key row-drop' }, 'Drop');
  drop.setAttribute('aria-label', `Drop ${quote(waiting.keyword)}`);
  drop.addEventListener('click', () => decide(waiting, false));
  return make('li', { className: 'row' }, photo, make('p', { className: 'row-word', dir: 'auto' }, waiting.keyword), drop);
}

/** A desk in a hand must not go to sleep. The browser takes its leave back from a hidden page. */
async function stayAwake() {
  if (!document.hidden) await navigator.wakeLock?.request('screen').catch(() => {});
}

// What comes from the server.

const follow = new Follow();
follow.addEventListener('desk', (event) => draw(/** @type {CustomEvent<Desk>} */ (event).detail));
follow.addEventListener('time', look);
follow.addEventListener('out', () => location.reload());
follow.addEventListener('state', () => {
  root.toggleAttribute('data-cut', !follow.connected);
  element('state').textContent = follow.connected ? 'Live' : 'Not connected. What you see may be old.';
  if (follow.connected) look();
});
sessionStorage.clear(); // signing in anew may be tried anew
stayAwake();
document.addEventListener('visibilitychange', stayAwake);
root.dataset.js = '';
