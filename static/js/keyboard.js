// A keyboard on the screen covers what lies below the line that one types on.

/** What covers less is a browser's bar. */
const LEAST_PX = 100;

/** Between the answer and the keyboard. */
const APART_PX = 8;

/**
 * Keeps what is said of a word above the keyboard while somebody types. The style
 * sheets know the keyboard's height as --keyboard, and that somebody types as
 * data-typing.
 * @param {HTMLElement} word
 * @param {HTMLElement} answer
 */
export function keepInSight(word, answer) {
  const view = window.visualViewport;
  if (!view) return;
  const root = document.documentElement;
  const { style } = root;
  const look = () => {
    // A page that somebody has magnified sees less of itself too.
    const covered = view.scale > 1 ? 0 : innerHeight - view.offsetTop - view.height;
    const focused = document.activeElement === word;
    root.toggleAttribute('data-typing', focused);
    const typing = focused && covered >= LEAST_PX;
    if (typing) style.setProperty('--keyboard', `${Math.round(covered)}px`);
    else style.removeProperty('--keyboard');
    const below = answer.getBoundingClientRect().bottom + APART_PX - view.offsetTop - view.height;
    if (typing && below > 0) scrollBy(0, below);
  };
  view.addEventListener('resize', look);
  view.addEventListener('scroll', look);
  for (const type of ['focus', 'blur']) word.addEventListener(type, look);
  new MutationObserver(look).observe(answer, { childList: true });
}
