// Buttons for what cannot be undone: the second press does it.

/** So long the first press counts. */
const ARMED_MS = 4000;

/** A second press that comes sooner is the same one, of a thumb that slipped. */
const SLIP_MS = 350;

/**
 * Makes a button ask once more.
 * @param {HTMLButtonElement} button
 * @param {string} again what it then says
 * @param {() => void} act
 * @returns {() => void} takes the first press back
 */
export function twice(button, again, act) {
  const text = button.textContent;
  const label = button.getAttribute('aria-label');
  let since = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const disarm = () => {
    if (!since) return;
    clearTimeout(timer);
    since = 0;
    delete button.dataset.armed;
    button.textContent = text;
    if (label) button.setAttribute('aria-label', label);
  };
  button.addEventListener('click', () => {
    if (!since) {
      since = performance.now();
      button.dataset.armed = '';
      button.textContent = again;
      button.removeAttribute('aria-label');
      timer = setTimeout(disarm, ARMED_MS);
    } else if (performance.now() - since >= SLIP_MS) {
      disarm();
      act();
    }
  });
  button.addEventListener('blur', disarm);
  return disarm;
}
