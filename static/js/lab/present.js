// The presenter's view: one experiment a screen, and a line to say for each.

import { find } from '../dom.js';
import { onKey } from './page.js';

/** Which way a key leads. Clickers send Page Up and Page Down. */
const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 });

export function present() {
  // A demonstration is an experiment, their section is none.
  const screens = [...document.querySelectorAll('.lab-section:not(#demos), .demo')].filter((screen) => screen instanceof HTMLElement);
  const links = [...document.querySelectorAll('.lab-section')].map(({ id }) => (id === 'demos' ? screens.findIndex((screen) => screen.classList.contains('demo')) : screens.findIndex((screen) => screen.id === id)));
  let now = -1;

  /** @param {number} to */
  const go = (to) => {
    const screen = screens[to];
    if (!screen || to === now) return;
    now = to;
    for (const each of screens) each.toggleAttribute('data-now', each === screen);
    find('demos', HTMLElement).toggleAttribute('data-now', screen.classList.contains('demo'));
    screen.hidden = false; // the choice of demonstrations is not shown here
    find('present-say', HTMLElement).textContent = screen.querySelector('.say')?.textContent ?? '';
    find('present-place', HTMLElement).textContent = `${to + 1} / ${screens.length}`;
    history.replaceState(null, '', `#${screen.id}`);
    scrollTo(0, 0);
    const title = screen.querySelector('h2, h3');
    if (!(title instanceof HTMLElement)) return;
    document.title = `${title.textContent} · The lab`;
    title.tabIndex = -1;
    title.ariaLevel = '2'; // nothing else is above it here but the page's
    title.focus({ preventScroll: true });
  };

  const fromAddress = () => go(Math.max(0, screens.findIndex(({ id }) => `#${id}` === location.hash)));
  addEventListener('hashchange', fromAddress);
  onKey((key) => {
    const step = STEPS[key];
    if (step) go(Math.min(Math.max(0, now + step), screens.length - 1));
    else if (key === 'Home') go(0);
    else if (key === 'End') go(screens.length - 1);
    else if (/^[1-9]$/.test(key)) go(links[Number(key) - 1] ?? now);
    else return false;
    return true;
  });
  fromAddress();
}
