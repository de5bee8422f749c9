// The options in the page's address, for screens without a keyboard.

/**
 * @typedef {object} Options
 * @property {boolean} ui false hides every control
 * @property {''|'cover'|'contain'} fit '' lets the shapes decide
 * @property {''|'local'|'12'|'24'} clock local counts hours as the browser's language does
 * @property {string} tz the IANA name of the clock's zone, '' for the device's own
 * @property {boolean} lost whether the address names a zone that this browser does not know
 * @property {boolean} date
 * @property {''|'top-left'|'top-right'|'bottom-left'|'bottom-right'} corner '' is top-left
 * @property {{from: number, to: number}|null} dim minutes since midnight
 * @property {boolean} black at night nothing is left of the picture
 * @property {'auto'|'sse'|'ws'|'poll'} transport
 * @property {boolean} motion false stops the slow zoom
 * @property {boolean} qr whether a code invites in the corner, which the server has written into the page
 */

const HALF_DAY = 12 * 60;

/** What stands after the hours that are black. */
const BLACK = /,black$/i;

/**
 * Reads the options from a query string. Values that it does not know are
 * ignored: a wall that is out of reach must still show pictures.
 * @param {string} query
 * @returns {Options}
 */
export function parseOptions(query) {
  const values = new URLSearchParams(query);
  const tz = values.get('tz') ?? '';
  const known = isZone(tz);
  const dim = values.get('dim') ?? '';
  return {
    ui: !isOff(values.get('ui')),
    fit: oneOf(values.get('fit'), ['cover', 'contain']) ?? '',
    clock: oneOf(values.get('clock'), ['12', '24']) ?? (isOn(values.get('clock')) ? 'local' : ''),
    tz: known ? tz : '',
    lost: !known,
    date: isOn(values.get('date')),
    corner: oneOf(values.get('corner'), ['top-left', 'top-right', 'bottom-left', 'bottom-right']) ?? '',
    dim: parseHours(dim.replace(BLACK, '')),
    black: BLACK.test(dim),
    transport: oneOf(values.get('transport'), ['sse', 'ws', 'poll']) ?? 'auto',
    motion: !isOff(values.get('motion')),
    qr: isOn(values.get('qr')),
  };
}

/**
 * Reads a span of hours such as 22-7 or 21:30-6:45.
 * @param {string|null} text
 * @returns {{from: number, to: number}|null}
 */
export function parseHours(text) {
  const match = /^(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?$/.exec(text ?? '');
  if (!match) return null;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map((part) => Number(part ?? 0));
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  const sound = from <= 2 * HALF_DAY && to <= 2 * HALF_DAY && Number(fromMinute) < 60 && Number(toMinute) < 60;
  return sound ? { from, to } : null;
}

/**
 * Whether a moment lies in the hours. They may pass midnight, they include
 * their beginning and exclude their end; equal ends mean the whole day.
 * @param {{from: number, to: number}} hours
 * @param {Date} when
 * @param {string} [tz] in whose zone; without it the device's own
 */
export function within({ from, to }, when, tz) {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: tz || undefined });
  const [hour, past] = time.format(when).split(':').map(Number);
  const minute = Number(hour) * 60 + Number(past);
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/**
 * Whether a screen is dark at one of some times.
 * @param {Options} options
 * @param {Date[]} times
 */
export function isDark({ dim, tz }, times) {
  return dim !== null && times.some((time) => within(dim, time, tz));
}

/**
 * Tells whether a narrow window or a phone is a remote for the wall, which it is
 * unless it has no controls; remote.css says the same.
 * @param {Options} options
 */
export function remote({ ui }) {
  return matchMedia(ui ? '(max-width: 40rem), (pointer: coarse) and (max-width: 59.99rem) and (max-height: 28rem)' : 'not all');
}

/** Whether this browser knows the time there. @param {string} tz '' is here */
function isZone(tz) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: tz || undefined }));
  } catch {
    return false;
  }
}

/** @param {string|null} value */
function isOn(value) {
  return value !== null && !isOff(value);
}

/** @param {string|null} value */
function isOff(value) {
  return value !== null && ['0', 'false', 'off', 'no'].includes(value.toLowerCase());
}

/**
 * @template {string} T
 * @param {string|null} value
 * @param {T[]} allowed
 * @returns {T|undefined}
 */
function oneOf(value, allowed) {
  return allowed.find((name) => name === value?.toLowerCase());
}
