// Makes the address of a wall: nobody types one on a TV.

import { find } from './dom.js';
import { parseOptions } from './options.js';

/**
 * The query that the answers of the form make, "" for none.
 * @param {Record<string, string>} values by the fields' names
 */
export function query({ ui, fit, clock, date, tz, corner, from, to, black, motion, qr }) {
  /** @type {[string, string|undefined][]} */
  const options = [['ui', ui], ['fit', fit], ['clock', clock], ['date', date],
    ['tz', tz && encodeURIComponent(tz.trim()).replace(/%2F/g, '/')], ['corner', corner],
    ['dim', from && to && `${hour(from)}-${hour(to)}${black ? `,${black}` : ''}`], ['motion', motion], ['qr', qr]];
  const asked = options.filter(([, value]) => value).map((option) => option.join('='));
  return asked.length ? `?${asked.join('&')}` : '';
}

/** 22 for 22:00, 6:45 for 06:45. @param {string} time */
function hour(time) {
  return time.replace(/^0(?=\d)/, '').replace(/:00$/, '');
}

/**
 * What the form begins with on a page that has a query: its options, with the dark
 * hours in the form's fields. Any clock that counts as the browser does is `1`.
 * @param {string} now
 */
export function answers(now) {
  const values = new URLSearchParams(now);
  const { clock, dim, black } = parseOptions(now);
  values.set('clock', clock === 'local' ? '1' : clock);
  values.set('from', dim ? time(dim.from) : '');
  values.set('to', dim ? time(dim.to) : '');
  values.set('black', black ? 'black' : '');
  return values;
}

/** 06:45 for the 405th minute of a day. @param {number} minutes */
function time(minutes) {
  return [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * Keeps the address in step with the form.
 * @param {string} home the frame's path
 * @param {string} now the query of this page, with which the form begins
 * @param {(text: string) => Promise<void>} copy
 */
export function listen(home, now, copy) {
  const form = find('build', HTMLFormElement);
  const url = find('build-url', HTMLInputElement);
  const here = find('build-here', HTMLAnchorElement);
  for (const [name, value] of answers(now)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = value === field.value;
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
  const write = () => {
    const values = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
    const path = home + query(values);
    url.value = new URL(path, location.href).href;
    here.href = path;
  };
  form.addEventListener('input', write);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    url.select();
    copy(url.value);
  });
  form.hidden = false;
  write();
}
