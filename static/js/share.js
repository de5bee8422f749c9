// Ways to take a picture along, and to give it the whole screen.

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * The address that stays with a picture while the server keeps it.
 * @param {string} frame
 * @param {string} id
 */
export function permalink(frame, id) {
  return new URL(`/p/${encodeURIComponent(id)}?frame=${encodeURIComponent(frame)}`, location.href).href;
}

/**
 * Hands an address to the device's own sharing, else to the clipboard.
 * @param {string} url
 * @param {string} title
 * @returns {Promise<'shared'|'copied'|'refused'>} refused: show it instead
 */
export async function share(url, title) {
  // On a desk the clipboard is what people expect; on a phone the sheet is.
  if (navigator.share && matchMedia('(pointer: coarse)').matches) {
    try {
      await navigator.share({ url, title });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'shared';
    }
  }
  try {
    // Missing altogether on plain http, which is common on home networks.
    await navigator.clipboard.writeText(url);
    return 'copied';
  } catch {
    return 'refused';
  }
}

/** Gives the page the whole screen, or takes it back. */
export async function toggleFull() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen({ navigationUI: 'hide' });
  } catch {
    // Not allowed here, inside another page for example: nothing is lost.
  }
}
