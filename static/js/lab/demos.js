// The demonstrations' live panels. What a panel runs and shows is in its markup,
// which the server makes from its table of demonstrations.

import { append, begin, bytes, entry, seconds, socket, withRoom } from './parts.js';

/** How many values a chart shows. */
const VALUES = 60;

/**
 * Runs a demonstration until it is stopped or it ends by itself.
 * @typedef {(panel: HTMLElement, stop: AbortController) => Promise<unknown>} Demo
 */

/** By data-demo. @type {Record<string, Demo>} */
const DEMOS = {
  text: (panel, stop) => Promise.all(logs(panel).map((list) => withRoom(stop, () => read(list.dataset.path ?? '', list, stop.signal)))),
  events: (panel, stop) => withRoom(stop, () => listen(panel, stop.signal)),
  socket: talk,
};

export function start() {
  tabs();
  for (const panel of document.querySelectorAll('[data-demo]')) {
    if (!(panel instanceof HTMLElement)) continue;
    const button = panel.querySelector('[data-run]');
    const demo = DEMOS[panel.dataset.demo ?? ''];
    if (!demo || !(button instanceof HTMLButtonElement)) continue;
    const label = button.textContent ?? 'Run';
    /** @type {AbortController|null} */
    let running = null;
    const stop = () => running?.abort();
    button.addEventListener('click', async () => {
      if (running) {
        stop();
        return;
      }
      begin(stop);
      const mine = new AbortController();
      running = mine;
      button.textContent = 'Stop';
      panel.dataset.running = '';
      for (const list of logs(panel)) list.replaceChildren();
      await demo(panel, mine).catch((error) => {
        if (!mine.signal.aborted) say(panel, '', String(error), 'bad');
      });
      running = null;
      button.textContent = label;
      delete panel.dataset.running;
    });
  }
}

/** One demonstration at a time is shown. */
function tabs() {
  const buttons = [...document.querySelectorAll('#demo-tabs button')].filter((button) => button instanceof HTMLButtonElement);
  const choose = (/** @type {string|undefined} */ id) => {
    for (const button of buttons) {
      const own = button.dataset.shows ?? '';
      const article = document.getElementById(own);
      button.ariaPressed = String(own === id);
      if (article) article.hidden = own !== id;
    }
  };
  for (const button of buttons) button.addEventListener('click', () => choose(button.dataset.shows));
  choose(buttons.find((button) => `#${button.dataset.shows}` === location.hash)?.dataset.shows ?? buttons[0]?.dataset.shows);
}

/** @param {HTMLElement} panel */
function logs(panel) {
  return [...panel.querySelectorAll('.demo-log')].filter((list) => list instanceof HTMLElement);
}

/**
 * Writes a line to the first of the panel's logs, if it has one.
 * @param {HTMLElement} panel
 * @param {string} when
 * @param {string} text
 * @param {string} [kind]
 * @param {string} [size]
 */
function say(panel, when, text, kind = '', size = '') {
  const [list] = logs(panel);
  if (list) append(list, entry(when, text, kind, size));
}

/**
 * Shows each piece of an answer as it arrives.
 * @param {string} path
 * @param {HTMLElement} list
 * @param {AbortSignal} signal
 */
async function read(path, list, signal) {
  const began = performance.now();
  const since = () => seconds(performance.now() - began);
  const answer = await fetch(path, { cache: 'no-store', signal });
  append(list, entry(since(), `${answer.status}`, 'good'));
  if (!answer.body) return;
  const decoder = new TextDecoder();
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    append(list, entry(since(), decoder.decode(value, { stream: true }).trim(), '', bytes(value.length)));
  }
  append(list, entry(since(), 'the end', 'mark'));
}

/**
 * Listens with EventSource until the signal.
 * @param {HTMLElement} panel
 * @param {AbortSignal} signal
 */
function listen(panel, signal) {
  const began = performance.now();
  const figure = panel.querySelector('[data-figure]');
  const line = panel.querySelector('.spark polyline');
  /** @type {number[]} */
  const values = [];
  const source = new EventSource(panel.dataset.path ?? '');
  source.addEventListener(panel.dataset.event ?? 'message', ({ data, lastEventId }) => {
    say(panel, seconds(performance.now() - began), data, '', `id ${lastEventId || 'none'}`);
    if (figure instanceof HTMLElement) figure.textContent = figure.dataset.figure === 'time' ? new Date(data).toLocaleTimeString() : data.replaceAll('\n', ' ');
    if (!line) return;
    values.push(Number(data.split('\n').at(-1)));
    if (values.length > VALUES) values.shift();
    line.setAttribute('points', points(values));
  });
  return new Promise((done) => {
    signal.addEventListener('abort', () => {
      source.close();
      done(null);
    });
  });
}

/** Talks over a WebSocket. @type {Demo} */
function talk(panel, { signal }) {
  const began = performance.now();
  const hear = (/** @type {string} */ text, kind = '') => say(panel, seconds(performance.now() - began), text, kind);
  const line = socket(panel.dataset.path ?? '');
  const form = panel.querySelector('form');
  const input = form?.querySelector('input');
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!input || line.readyState !== WebSocket.OPEN) return;
    line.send(input.value || 'hello');
    input.value = '';
  };
  form?.addEventListener('submit', send);
  return new Promise((done) => {
    line.onopen = () => hear('101, the connection is a WebSocket', 'good');
    line.onmessage = ({ data }) => hear(String(data));
    line.onclose = ({ code }) => {
      hear(`closed with ${code}`, 'mark');
      form?.removeEventListener('submit', send);
      done(null);
    };
    signal.addEventListener('abort', () => line.close());
  });
}

/** The points of a chart of 100 by 30. @param {number[]} values */
function points(values) {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return values.map((value, i) => `${((i * 100) / (VALUES - 1)).toFixed(2)},${(28 - ((value - low) / span) * 26).toFixed(2)}`).join(' ');
}
