// A screen that hangs on a wall must not go to sleep.

/**
 * Keeps the screen awake while the page is visible. The browser takes the lock
 * away from a hidden tab; it is asked for again when the tab returns.
 * @param {() => boolean} wanted whether this screen is a frame at the moment
 */
export function keepAwake(wanted) {
  const ask = async () => {
    if (document.hidden || !wanted()) return;
    try {
      await navigator.wakeLock?.request('screen');
    } catch {
      // A low battery or the browser's settings may forbid it. The screen
      // then sleeps as it would with any other page.
    }
  };
  document.addEventListener('visibilitychange', ask);
  ask();
}
