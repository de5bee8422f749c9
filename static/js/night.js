// The first script of a page that is dark at some hours (?dim=22-7). It is a plain
// one in the head, so nothing is painted before it has run: a wall in a bedroom that
// loads at night must not light up.

import { isDark, parseOptions, remote } from './options.js';

const root = document.documentElement;
const options = parseOptions(location.search);

// The device's clock may be wrong, and the page be an older one that the browser kept.
if (isDark(options, [new Date(), new Date(root.dataset.now ?? 0)])) {
  root.dataset.night = options.black ? 'black' : '';
  // Nobody is there until somebody touches it. A remote is in somebody's hand.
  root.toggleAttribute('data-idle', !remote(options).matches);
}
