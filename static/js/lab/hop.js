// How a request went: what the browser spoke to the nearest machine, and what the
// last machine spoke to the server.

import { token } from './parts.js';

/**
 * What /lab/hop says of the request, and what the browser says of it.
 * @typedef {object} Hop
 * @property {string} proto what arrived at the server
 * @property {string} via
 * @property {boolean} forwarded
 * @property {boolean} host_kept
 * @property {number} header_bytes
 * @property {string} here h3, h2, http/1.1, or "" when the browser does not say
 * @property {Headers} headers of the answer
 */

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<Hop>}
 */
export async function hop(signal) {
  const path = `/lab/hop?host=${encodeURIComponent(location.host)}&n=${token(8)}`;
  const answer = await fetch(path, { cache: 'no-store', signal: signal ?? null });
  const said = await answer.json();
  const entry = performance.getEntriesByName(new URL(path, location.href).href).at(-1);
  return { ...said, here: entry instanceof PerformanceResourceTiming ? entry.nextHopProtocol : '', headers: answer.headers };
}
