// From what was measured to words: what it means, and what to change where.
// Nothing here touches the page or the network.

/** Lines leave the server this far apart. */
const STEP_MS = 1000;

/** @typedef {'good'|'warn'|'bad'} Kind */
/** @typedef {{kind: Kind, text: string, advice: string[]}} Verdict */

/**
 * Who stands in the way, as the answers' headers give them away.
 * @param {(name: string) => string} header of an answer, "" when it has none
 * @returns {string} a key of ADVICE, "" when nobody shows
 */
export function proxyOf(header) {
  const server = header('server').toLowerCase();
  const via = header('via').toLowerCase();
  if (header('cf-ray') || server.includes('cloudflare')) return 'Cloudflare';
  if (via.includes('heroku') || via.includes('vegur') || server.includes('heroku')) return 'Heroku';
  if (via.includes('cloudfront')) return 'CloudFront';
  if (server.includes('nginx') || server.includes('openresty')) return 'nginx';
  if (server.includes('caddy') || via.includes('caddy')) return 'Caddy';
  if (server.includes('envoy')) return 'Envoy';
  if (server.includes('apache')) return 'Apache';
  if (via.includes('varnish')) return 'Varnish';
  return '';
}

/** What to change so that a proxy passes a stream on as it comes. */
const BUFFERING = /** @type {Record<string, string>} */ ({
  nginx: 'nginx: set “proxy_buffering off” in the location. It obeys this server’s “X-Accel-Buffering: no” by itself, unless “proxy_ignore_headers X-Accel-Buffering” is set: take that out. Keep text/event-stream out of gzip_types.',
  Apache: 'Apache: add “flushpackets=on” to the ProxyPass line, and keep mod_deflate away from text/event-stream.',
  Varnish: 'Varnish: “return (pipe)” for the stream’s path in vcl_recv.',
  Caddy: 'Caddy: “flush_interval -1” in reverse_proxy, and no “encode” on the stream.',
});

/** How long each lets a silent stream live, where that is known. */
const IDLE = /** @type {Record<string, string>} */ ({
  nginx: 'nginx ends a response that is silent for proxy_read_timeout, 60 s unless set.',
  Heroku: 'Heroku’s router wants a first byte within 30 s, and then one every 55 s.',
  Cloudflare: 'Cloudflare gives up on an origin that is silent for about 100 s.',
  Apache: 'Apache ends it after ProxyTimeout, or after Timeout, 60 s, where that is not set.',
});

/** What lets WebSockets through. */
const UPGRADE = /** @type {Record<string, string>} */ ({
  nginx: 'nginx: “proxy_http_version 1.1”, “proxy_set_header Upgrade $http_upgrade” and “proxy_set_header Connection "upgrade"”.',
  Apache: 'Apache 2.4.47 or later: “upgrade=websocket” on the ProxyPass line.',
  Cloudflare: 'Cloudflare: WebSockets have to be on in the zone’s network settings.',
});

/** A WebSocket may be opened by the server's own pages, which it knows by its host. */
const HOST = 'A proxy changes the Host header, so the server takes this page for another site’s. Keep it (nginx: “proxy_set_header Host $http_host”), or name this origin in ALLOWED_ORIGINS.';

/**
 * @param {Record<string, string>} table
 * @param {string} proxy
 * @param {string} otherwise
 */
function advise(table, proxy, otherwise) {
  const known = table[proxy];
  return known ? [known] : [otherwise, ...(proxy ? [] : Object.values(table))];
}

/**
 * Judges when lines arrived that left a second apart.
 * @param {number[]} arrivals ms after the request, one for each line
 * @param {number} expected how many lines
 * @param {string} proxy
 * @returns {Verdict}
 */
export function streaming(arrivals, expected, proxy) {
  if (arrivals.length < expected) {
    return { kind: 'bad', text: `Only ${arrivals.length} of ${expected} lines arrived.`, advice: ['Something ended the answer early, or never passed it on.'] };
  }
  const first = arrivals[0] ?? 0;
  const spread = (arrivals.at(-1) ?? 0) - first;
  const sent = (expected - 1) * STEP_MS;
  const advice = advise(BUFFERING, proxy, 'Look at each proxy between here and the server, security software on this machine included: it has to pass on what it gets when it gets it, and must not compress it.');
  if (spread < sent / 4) {
    return { kind: 'bad', text: `Buffered. The lines came together, after ${(first / 1000).toFixed(1)} s; they left over ${sent / 1000} s.`, advice };
  }
  const gaps = arrivals.slice(1).map((at, i) => at - (arrivals[i] ?? 0));
  const widest = Math.max(...gaps);
  if (widest > 1.9 * STEP_MS || first > 1.9 * STEP_MS) {
    return { kind: 'warn', text: `In lumps. The widest gap was ${(widest / 1000).toFixed(1)} s where 1 s was sent.`, advice };
  }
  const off = Math.max(...gaps.map((gap) => Math.abs(gap - STEP_MS)));
  return { kind: 'good', text: `Yes. Every line came by itself, at most ${Math.round(off)} ms off its second.`, advice: [] };
}

/**
 * @param {string} here what the browser speaks: h3, h2, http/1.1, or "" when it does not say
 * @param {string} there what arrives at the server
 * @param {string} proxy
 * @returns {Verdict}
 */
export function version(here, there, proxy) {
  /** @type {string[]} */
  const advice = [];
  const old = here === 'http/1.1' || here === 'http/1.0';
  if (old) {
    advice.push('Over HTTP/1.1 a browser opens six connections to a host, for all tabs together: a stream in each of six tabs, and nothing else loads. The frame shares one among its tabs. HTTP/2 has no such limit; browsers speak it over TLS only.');
    if (proxy === 'nginx') advice.push('nginx: “listen 443 ssl” and “http2 on”.');
  }
  if (there === 'HTTP/1.0') {
    advice.push('The last proxy speaks HTTP/1.0 to the server, as nginx does unless told otherwise. The stream comes through, WebSockets do not: “proxy_http_version 1.1” and “proxy_set_header Connection ""”.');
  }
  const names = /** @type {Record<string, string>} */ ({ h3: 'HTTP/3', h2: 'HTTP/2', 'http/1.1': 'HTTP/1.1', 'http/1.0': 'HTTP/1.0' });
  const spoken = names[here] ?? (here || 'The browser does not say');
  return { kind: there === 'HTTP/1.0' ? 'warn' : 'good', text: `${spoken} from here, ${there} at the server${proxy ? `, ${proxy} between` : ''}.`, advice };
}

/**
 * @param {{greeted: boolean, ms: number, code: number, hostKept: boolean}} result
 * @param {string} proxy
 * @returns {Verdict}
 */
export function sockets(result, proxy) {
  if (result.greeted) return { kind: 'good', text: `Yes. There and back in ${result.ms.toFixed(1)} ms.`, advice: [] };
  return {
    kind: 'bad',
    text: `No: closed with ${result.code}.`,
    advice: [...(result.hostKept ? [] : [HOST]), ...advise(UPGRADE, proxy, 'A proxy on the way does not pass the upgrade on. It needs HTTP/1.1 towards the server, and the Upgrade and Connection headers.'),
      'The frame does not mind: it streams over plain HTTP.'],
  };
}

/**
 * @param {{lived: number, wanted: number, done: boolean}} result lived and wanted in ms
 * @param {string} proxy
 * @returns {Verdict}
 */
export function idle(result, proxy) {
  const lived = (result.lived / 1000).toFixed(1);
  if (result.done) return { kind: 'good', text: `It lived through ${result.wanted / 1000} s of silence.`, advice: [] };
  const kind = result.lived > 20_000 ? 'warn' : 'bad';
  return {
    kind,
    text: `Ended after ${lived} s of silence.`,
    advice: [...advise(IDLE, proxy, 'Some proxy on the way ends what is silent.'),
      kind === 'warn' ? 'A frame’s stream speaks every 15 s, so it lives.' : 'That is less than the 15 s at which a frame’s stream speaks: it will be ended again and again. Raise the limit.'],
  };
}
