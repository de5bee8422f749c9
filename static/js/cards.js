// The cards that lie over the page. Browsers know them as popovers; for older
// ones this opens and closes them. The large code is a modal dialog.

import { element } from './dom.js';

/** Marks an open card where there are no popovers. */
const OPEN = 'is-open';

/** Whether the browser opens and closes cards by itself. */
const native = 'popover' in HTMLElement.prototype;

const large = /** @type {HTMLDialogElement} */ (element('large'));

/** The card that is open, if there is one. @returns {HTMLElement|null} */
function openCard() {
  return document.querySelector(`dialog[open], ${native ? '[popover]:popover-open' : `.card.${OPEN}`}`);
}

/** Whether a card lies over the page. */
export function cardIsOpen() {
  return openCard() !== null;
}

/** @param {HTMLElement} card */
export function showCard(card) {
  if (native) return card.showPopover();
  closeCard();
  card.classList.add(OPEN);
  card.tabIndex = -1;
  card.focus();
}

/** Closes the card that is open. */
export function closeCard() {
  const card = openCard();
  if (!card) return;
  if (card === large) return large.close();
  if (native) return card.hidePopover();
  card.classList.remove(OPEN);
  const opener = document.querySelector(`[popovertarget="${card.id}"]:not(.card-close)`);
  if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
}

/**
 * Shows the code large for a press on the small one. Any press closes it again, and
 * brings back what was there, with the focus.
 * @param {HTMLElement} small
 */
function enlarges(small) {
  small.addEventListener('click', () => {
    const card = /** @type {HTMLElement|null} */ (small.closest('.card'));
    if (card) closeCard();
    large.showModal();
    large.onclick = large.oncancel = (event) => {
      event.preventDefault();
      large.close();
      if (card) showCard(card);
      small.focus();
    };
  });
}

/** Makes the cards' buttons work, as far as the browser does not. */
export function listen() {
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.enlarge, button.invite')).forEach(enlarges);
  if (native) return;
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest('[popovertarget]');
    const card = button && document.getElementById(button.getAttribute('popovertarget') ?? '');
    if (card && !card.classList.contains(OPEN)) showCard(card);
    else if (card || !target.closest('.card')) closeCard();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !cardIsOpen() || openCard() === large) return;
    event.preventDefault();
    closeCard();
  });
}
