import assert from 'node:assert/strict';
import { test } from 'node:test';

import { idle, proxyOf, sockets, streaming, version } from '../js/lab/verdict.js';

test('lines a second apart are a stream', () => {
  assert.equal(streaming([4, 1005, 2003, 3010, 4002], 5, '').kind, 'good');
});

test('a slow start and a jittery line are still a stream', () => {
  assert.equal(streaming([700, 1600, 2900, 3500, 4700], 5, '').kind, 'good');
});

test('lines that come together were buffered', () => {
  for (const arrivals of [[4010, 4010, 4010, 4010, 4010], [4010, 4011, 4100, 4100, 4600]]) {
    const { kind, text } = streaming(arrivals, 5, 'nginx');
    assert.equal(kind, 'bad');
    assert.match(text, /^Buffered/);
  }
});

test('lines that come two at a time are lumps', () => {
  assert.equal(streaming([2000, 2001, 4000, 4001, 4010], 5, '').kind, 'warn');
});

test('lines that do not come are missing', () => {
  assert.match(streaming([1, 1001], 5, '').text, /2 of 5/);
  assert.equal(streaming([], 5, '').kind, 'bad');
});

test('the advice is for the proxy that shows, or for all', () => {
  const held = [4000, 4000, 4000, 4000, 4000];
  assert.deepEqual(streaming(held, 5, 'nginx').advice.length, 1);
  assert.match(streaming(held, 5, 'nginx').advice[0], /proxy_ignore_headers X-Accel-Buffering/);
  assert.ok(streaming(held, 5, '').advice.some((line) => line.startsWith('Apache')));
  assert.ok(!streaming(held, 5, 'Envoy').advice.some((line) => line.startsWith('Apache')));
});

test('proxies give themselves away', () => {
  const headers = (known) => (name) => known[name] ?? '';
  assert.equal(proxyOf(headers({ server: 'nginx/1.22.1' })), 'nginx');
  assert.equal(proxyOf(headers({ server: 'cloudflare', 'cf-ray': '1' })), 'Cloudflare');
  assert.equal(proxyOf(headers({ via: '1.1 heroku-router' })), 'Heroku');
  assert.equal(proxyOf(headers({ via: '1.1 Caddy' })), 'Caddy');
  assert.equal(proxyOf(headers({})), '');
});

test('HTTP/1.0 at the server is worth a word, HTTP/2 from here is not', () => {
  assert.deepEqual(version('h2', 'HTTP/1.1', ''), { kind: 'good', text: 'HTTP/2 from here, HTTP/1.1 at the server.', advice: [] });
  const old = version('http/1.1', 'HTTP/1.0', 'nginx');
  assert.equal(old.kind, 'warn');
  assert.match(old.advice.join(), /six connections/);
  assert.match(old.advice.join(), /proxy_http_version 1\.1/);
});

test('a WebSocket that is closed unheard does not get through', () => {
  assert.equal(sockets({ greeted: true, ms: 2.34, code: 0, hostKept: true }, '').text, 'Yes. There and back in 2.3 ms.');
  const closed = sockets({ greeted: false, ms: 0, code: 1006, hostKept: true }, 'nginx');
  assert.equal(closed.kind, 'bad');
  assert.match(closed.advice[0], /\$http_upgrade/);
  const moved = sockets({ greeted: false, ms: 0, code: 1006, hostKept: false }, 'nginx');
  assert.match(moved.advice[0], /\$http_host/);
});

test('how bad an early end is depends on the heartbeat', () => {
  assert.equal(idle({ lived: 90_000, wanted: 90_000, done: true }, '').kind, 'good');
  const enough = idle({ lived: 60_010, wanted: 90_000, done: false }, 'nginx');
  assert.equal(enough.kind, 'warn');
  assert.match(enough.advice.join(), /so it lives/);
  assert.equal(idle({ lived: 10_000, wanted: 90_000, done: false }, 'nginx').kind, 'bad');
});
