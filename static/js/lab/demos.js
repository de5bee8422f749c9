// The demonstrations' live panels.

import { find } from '../dom.js';
import { append, begin, bytes, entry, seconds, socket } from './parts.js';

/** How many prices the line shows. */
const PRICES = 60;

/**
 * Runs a demonstration until its signal is aborted or it ends by itself.
 * @typedef {(panel: HTMLElement, signal: AbortSignal) => Promise<unknown>} Demo
 */

/** @type {Record<string, Demo>} */
const DEMOS = {
  'demo-ping': (panel, signal) => read('/lab/ping', log(panel, 0), signal),
  'demo-count': (panel, signal) => Promise.all([
    read('/lab/count', log(panel, 0), signal), read('/lab/count?buffered=1', log(panel, 1), signal)]),
  'demo-time': (panel, signal) => listen('/lab/time', 'time', signal, (event, at) => {
    find('time-now', HTMLElement).textContent = new Date(event.data).toLocaleTimeString();
    append(log(panel, 0), entry(at, event.data, '', `id ${event.lastEventId}`));
  }),
  'demo-prices': (_panel, signal) => {
    /** @type {number[]} */
    const prices = [];
    return listen('/lab/prices', 'prices', signal, (event) => {
      const [symbol, price] = event.data.split('\n');
      prices.push(Number(price));
      if (prices.length > PRICES) prices.shift();
      find('price-now', HTMLElement).textContent = `${symbol} ${price}`;
      drawPrices(prices);
    });
  },
  'demo-wall': wall,
};

export function start() {
  for (const [id, demo] of Object.entries(DEMOS)) {
    const panel = find(id, HTMLElement);
    const button = panel.querySelector('[data-run]');
    if (!(button instanceof HTMLButtonElement)) continue;
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
      for (const list of panel.querySelectorAll('.demo-log')) list.replaceChildren();
      await demo(panel, mine.signal).catch((error) => {
        if (!mine.signal.aborted) append(log(panel, 0), entry('', String(error), 'bad'));
      });
      running = null;
      button.textContent = label;
      delete panel.dataset.running;
    });
  }
}

/**
 * @param {HTMLElement} panel
 * @param {number} index
 */
function log(panel, index) {
  const element = panel.querySelectorAll('.demo-log')[index];
  if (!(element instanceof HTMLElement)) throw new Error('The panel lacks its log.');
  return element;
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
 * @param {string} path
 * @param {string} name
 * @param {AbortSignal} signal
 * @param {(event: MessageEvent, at: string) => void} hear
 */
function listen(path, name, signal, hear) {
  const began = performance.now();
  const source = new EventSource(path);
  source.addEventListener(name, (event) => hear(event, seconds(performance.now() - began)));
  return new Promise((done) => {
    signal.addEventListener('abort', () => {
      source.close();
      done(null);
    });
  });
}

/** @type {Demo} */
function wall(panel, signal) {
  const began = performance.now();
  const list = log(panel, 0);
  const say = (/** @type {string} */ text, kind = '') => append(list, entry(seconds(performance.now() - began), text, kind));
  const line = socket('/lab/wall');
  const form = find('wall-form', HTMLFormElement);
  const input = find('wall-word', HTMLInputElement);
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (line.readyState !== WebSocket.OPEN) return;
    line.send(input.value || 'hello');
    input.value = '';
  };
  form.addEventListener('submit', send);
  return new Promise((done) => {
    line.onopen = () => say('101, the connection is a WebSocket', 'good');
    line.onmessage = ({ data }) => say(String(data));
    line.onclose = ({ code }) => {
      say(`closed with ${code}`, 'mark');
      form.removeEventListener('submit', send);
      done(null);
    };
    signal.addEventListener('abort', () => line.close());
  });
}

/** @param {number[]} prices */
function drawPrices(prices) {
  const low = Math.min(...prices);
  const span = Math.max(...prices) - low || 1;
  const points = prices.map((price, i) => `${((i * 100) / (PRICES - 1)).toFixed(2)},${(28 - ((price - low) / span) * 26).toFixed(2)}`);
  document.querySelector('#price-line polyline')?.setAttribute('points', points.join(' '));
}

/** Makes every curl line one that works here, and its button copy it. */
export function curls() {
  const root = document.body.dataset.root ?? '';
  for (const code of document.querySelectorAll('.curl code')) {
    code.textContent = (code.textContent ?? '').replaceAll(root, location.origin);
  }
  document.addEventListener('click', async ({ target }) => {
    if (!(target instanceof HTMLButtonElement) || target.dataset.copy === undefined) return;
    const code = target.parentElement?.querySelector('code');
    if (!code) return;
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      target.textContent = 'Copied';
    } catch {
      // Without TLS browsers have no clipboard for pages: the reader copies it.
      getSelection()?.selectAllChildren(code);
      target.textContent = 'Selected';
    }
    setTimeout(() => { target.textContent = 'Copy'; }, 2000);
  });
}

/** Marks in the bar which experiment is on screen. */
export function spy() {
  const seen = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (!isIntersecting) continue;
      for (const link of document.querySelectorAll('.lab-nav a')) {
        const here = link.getAttribute('href') === `#${target.id}`;
        if (here) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    }
  }, { rootMargin: '-30% 0px -60% 0px' });
  for (const section of document.querySelectorAll('.lab-section')) seen.observe(section);
}

