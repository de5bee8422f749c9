// Makes the address of a wall: nobody types one on a TV.

import { find } from './dom.js';
import { parseOptions } from './options.js';

/**
 * The query that the answers of the form make, "" for none.
 * @param {Record<string, string>} values by the fields' names
 */
export function query({ ui, fit, clock, date, tz, corner, from, to, black, motion, qr, transport }) {
  /** @type {[string, string|undefined][]} */
  const options = [['ui', ui], ['fit', fit], ['clock', clock], ['date', date],
    ['tz', tz && encodeURIComponent(tz.trim()).replace(/%2F/g, '/')], ['corner', corner],
    ['dim', from && to && `${hour(from)}-${hour(to)}${black ? `,${black}` : ''}`], ['motion', motion], ['qr', qr],
    ['transport', transport]];
  const asked = options.filter(([, value]) => value).map((option) => option.join('='));
  return asked.length ? `?${asked.join('&')}` : '';
}

/** 22 for 22:00, 6:45 for 06:45. @param {string} time */
function hour(time) {
  return time.replace(/^0(?=\d)/, '').replace(/:00$/, '');
}

/**
 * What the form begins with on a page that has a query: what the page makes of it, by
 * the fields' names, "" for what is not set. Any clock that counts as the browser does
 * is `1`. A zone that this browser does not know stays, for somebody to mend.
 * @param {string} now
 * @returns {Record<string, string>}
 */
export function answers(now) {
  const { ui, fit, clock, date, corner, dim, black, motion, qr, transport } = parseOptions(now);
  return {
    ui: ui ? '' : '0',
    fit,
    clock: clock === 'local' ? '1' : clock,
    date: date ? '1' : '',
    tz: new URLSearchParams(now).get('tz') ?? '',
    corner,
    from: dim ? time(dim.from) : '',
    to: dim ? time(dim.to) : '',
    black: dim && black ? 'black' : '',
    motion: motion ? '' : '0',
    qr: qr ? '1' : '',
    transport: transport === 'auto' ? '' : transport,
  };
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
  for (const [name, value] of Object.entries(answers(now))) {
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
