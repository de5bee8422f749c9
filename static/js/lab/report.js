// What the network's check found, as a link and as JSON, for whoever runs the
// proxy. It is in the address's fragment, so no server gets to see it.

/** What a report says it is. */
const FORMAT = 'picture-frame network report 1';

/** More than this is no report of ours, in characters. */
const MOST = 60_000;

/** @typedef {import('./verdict.js').Verdict} Verdict */

/**
 * @typedef {object} Report
 * @property {string} format
 * @property {string} server the origin that was measured
 * @property {string} measured when, RFC 3339
 * @property {string} browser
 * @property {Record<string, Verdict & {measurements: Record<string, any>}>} checks by name
 */

/**
 * @param {string} server
 * @param {Date} measured
 * @param {string} browser
 * @param {Report['checks']} checks
 * @returns {Report}
 */
export function makeReport(server, measured, browser, checks) {
  return { format: FORMAT, server, measured: measured.toISOString(), browser, checks };
}

/** The fragment of an address that shows a report. @param {Report} report */
export function toFragment(report) {
  const bytes = new TextEncoder().encode(JSON.stringify(report));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return `#report=${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/**
 * Reads a report out of a fragment. Anybody may have written it, so nothing of
 * another form than ours comes through.
 * @param {string} fragment
 * @returns {Report|null} null when there is none
 */
export function fromFragment(fragment) {
  const [, text] = /^#report=([\w-]+)$/.exec(fragment) ?? [];
  if (!text || text.length > MOST) return null;
  try {
    const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const report = JSON.parse(new TextDecoder().decode(Uint8Array.from(raw, (c) => c.charCodeAt(0))));
    if (report.format !== FORMAT) return null;
    /** @type {Report['checks']} */
    const checks = {};
    for (const [name, check] of Object.entries(report.checks)) {
      const { kind, text: said, advice, measurements } = check;
      if (!['good', 'warn', 'bad'].includes(kind) || !Array.isArray(advice)) return null;
      checks[name] = { kind, text: String(said), advice: advice.map(String), measurements: measurements ?? {} };
    }
    return { format: FORMAT, server: String(report.server), measured: String(report.measured), browser: String(report.browser), checks };
  } catch {
    return null;
  }
}
