// What the host does, as ordinary requests.

import { address } from './data.js';

/** The server answers within some seconds; this is for networks that swallow answers. */
const ANSWER_MS = 10_000;

/**
 * Sends a request, and says what went wrong if it was not done.
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<{status: number, problem: string}>} status: 0 where no answer came; problem: empty if it is done
 */
export async function send(method, path, body) {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), ANSWER_MS);
  try {
    const headers = new Headers({ Accept: 'application/json' });
    if (body) headers.set('Content-Type', 'application/json');
    const response = await fetch(address(path), { method, headers, body: body && JSON.stringify(body), signal: stop.signal });
    if (response.ok) return { status: response.status, problem: '' };
    if (response.status === 401) location.reload(); // the session is over: the form to sign in comes
    const { detail, title } = await response.json().catch(() => ({}));
    return { status: response.status, problem: detail || title || 'Something went wrong at the server.' };
  } catch {
    return { status: 0, problem: 'The server could not be reached.' };
  } finally {
    clearTimeout(limit);
  }
}
