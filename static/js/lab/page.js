// What the lab's page does by itself: lines to copy, keys, the bar.

import { find } from '../dom.js';

/** Where the reader's wish for keys is kept. */
const KEY = 'lab-keys';

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
        if (here) {
          link.setAttribute('aria-current', 'true');
          if (link.parentElement && link instanceof HTMLElement) link.parentElement.scrollLeft = link.offsetLeft - 2 * link.parentElement.offsetLeft;
        }
        else link.removeAttribute('aria-current');
      }
    }
  }, { rootMargin: '-30% 0px -60% 0px' });
  for (const section of document.querySelectorAll('.lab-section')) seen.observe(section);
}

/** Where typing has its own meaning. @param {EventTarget|null} target */
function isField(target) {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
    || (target instanceof HTMLInputElement && !['checkbox', 'file'].includes(target.type));
}

/**
 * Tells which key was pressed that is for the page: none with a modifier, none in
 * a field. The digits can be switched off (WCAG 2.1.4).
 * @param {(key: string) => boolean} act reports whether the key was of use
 */
export function onKey(act) {
  const on = find('keys-on', HTMLInputElement);
  try {
    on.checked = localStorage.getItem(KEY) !== 'off';
  } catch {
    // storage is switched off
  }
  on.addEventListener('change', () => {
    try {
      localStorage.setItem(KEY, on.checked ? 'on' : 'off');
    } catch {
      // it holds until the page is left
    }
  });
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Escape' && isField(event.target)) {
      if (event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    const turns = /^Page(Up|Down)$/.test(event.key);
    if (isField(event.target) && !turns) return;
    if (/^[0-9]$/.test(event.key) && !on.checked) return;
    if (act(event.key)) event.preventDefault();
  });
}

/** Each key goes to a section. */
export function sections() {
  const all = [...document.querySelectorAll('.lab-section')];
  onKey((key) => {
    const section = /^[1-9]$/.test(key) ? all[Number(key) - 1] : undefined;
    if (!section) return false;
    section.scrollIntoView();
    const title = section.querySelector('h2');
    if (title instanceof HTMLElement) title.focus({ preventScroll: true });
    return true;
  });
}
