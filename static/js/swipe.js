// A finger pushes pictures aside, as on paper: to the right comes the earlier.

/** A swipe is at least this long, and this much wider than high. */
const LENGTH_PX = 48;
const FLATNESS = 1.6;

/** Slower than this it was something else. */
const LIMIT_MS = 800;

/**
 * @param {HTMLElement} surface
 * @param {{back: () => void, forward: () => void}} actions
 */
export function listen(surface, { back, forward }) {
  /** @type {{id: number, x: number, y: number, at: number}|null} */
  let start = null;
  surface.addEventListener('pointerdown', ({ pointerId, clientX, clientY, timeStamp, pointerType, isPrimary }) => {
    // A second finger is a pinch.
    start = isPrimary && pointerType !== 'mouse' ? { id: pointerId, x: clientX, y: clientY, at: timeStamp } : null;
  });
  surface.addEventListener('pointercancel', () => { start = null; });
  surface.addEventListener('pointerup', ({ pointerId, clientX, clientY, timeStamp }) => {
    if (!start || start.id !== pointerId) return;
    const [across, along] = [clientX - start.x, clientY - start.y];
    const swift = timeStamp - start.at < LIMIT_MS;
    start = null;
    if (!swift || Math.abs(across) < LENGTH_PX || Math.abs(across) < FLATNESS * Math.abs(along)) return;
    if (across > 0) back();
    else forward();
  });
}
