// The server's time on the wall, and night by the clock.

import { find } from './dom.js';
import { isDark } from './options.js';
import { steadyClock } from './transport/browser.js';

const MINUTE_MS = 60_000;

/** What Intl calls the ways to count hours. @type {Record<string, 'h12'|'h23'|undefined>} */
const CYCLES = { 12: 'h12', 24: 'h23' };

/** The words that always stand in the same place move by so many pixels at most, in so many minutes once round. */
const DRIFT_PX = 5;
const DRIFT_MIN = 45;

/**
 * Shows the time and marks the night. The time is the server's, told by each
 * `time` event, in this screen's zone or the one of its address: the clocks of old tablets are off, and
 * are set while the page is open.
 */
export class Clock {
  #face;
  #options;
  /** The day below the hours. */
  #day = document.createElement('span');
  #now = steadyClock(globalThis);
  /** What to add for the time. Until the server tells it, the page's own may be as right as the device's. */
  #behind = [Date.now(), Date.parse(document.documentElement.dataset.now ?? '')].filter(Number.isFinite).map((time) => time - this.#now());
  /** @type {Intl.DateTimeFormat|null} */
  #hours = null;
  /** @type {Intl.DateTimeFormat|null} */
  #days = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {HTMLTimeElement|HTMLElement} face
   * @param {import('./options.js').Options} options
   */
  constructor(face, options) {
    const { clock, tz, date, corner } = options;
    this.#face = face;
    this.#options = options;
    const hourCycle = CYCLES[clock];
    const timeZone = tz || undefined;
    if (clock) this.#hours = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit', timeZone, ...(hourCycle && { hourCycle }) });
    if (date) this.#days = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', timeZone });
    this.#day.className = 'clock-day';
    face.hidden = !clock && !date;
    document.documentElement.toggleAttribute('data-clock', !face.hidden);
    if (!face.hidden) place(face, corner);
    this.#tick();
  }

  /** Whether these are the dark hours. */
  get night() {
    return document.documentElement.hasAttribute('data-night');
  }

  /** @param {string} now in RFC 3339 */
  set(now) {
    const time = Date.parse(now);
    if (Number.isNaN(time)) return;
    this.#behind = [time - this.#now()];
    this.#tick();
  }

  #tick() {
    clearTimeout(this.#timer);
    const times = this.#behind.map((behind) => new Date(this.#now() + behind));
    const [now = new Date()] = times;
    this.#day.textContent = this.#days?.format(now) ?? '';
    this.#face.replaceChildren(this.#hours?.format(now) ?? '', this.#day);
    this.#face.setAttribute('datetime', now.toISOString());
    const night = isDark(this.#options, times);
    if (night !== this.night) {
      document.documentElement.toggleAttribute('data-night', night);
      if (night && this.#options.black) document.documentElement.dataset.night = 'black';
    }
    drift(now);
    this.#timer = setTimeout(() => this.#tick(), MINUTE_MS - (now.getTime() % MINUTE_MS));
  }
}

/**
 * Hangs the clock at the outer end of a bar. The corner top-left is where it came.
 * @param {HTMLElement} face
 * @param {string} corner
 */
function place(face, corner) {
  if (corner === 'top-right') find('tools', HTMLElement).after(face);
  if (corner === 'bottom-left') find('ask', HTMLElement).before(face);
  if (corner === 'bottom-right') find('credit', HTMLElement).after(face);
}

/**
 * Moves what stands still for months a little each minute, so that it does not burn
 * itself into the screen. The style sheet says what that is.
 * @param {Date} now
 */
function drift(now) {
  const { x, y } = driftAt(now.getTime() / MINUTE_MS);
  const { style } = document.documentElement;
  style.setProperty('--drift-x', `${x}px`);
  style.setProperty('--drift-y', `${y}px`);
}

/**
 * Where things have drifted to: along a figure that covers its square, a pixel or
 * less at a time.
 * @param {number} minutes
 */
function driftAt(minutes) {
  const turn = (minutes / DRIFT_MIN) * 2 * Math.PI;
  return { x: Math.round(DRIFT_PX * Math.sin(turn)), y: Math.round(DRIFT_PX * Math.sin((turn * 2) / 3)) };
}
