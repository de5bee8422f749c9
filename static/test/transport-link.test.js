import assert from 'node:assert/strict';
import { test } from 'node:test';

import { backoff } from '../js/transport/fallback.js';
import { FakeBrowser, settle } from './fakes.js';

/** One tab whose stream was opened. */
async function open(options = {}, lacks = {}) {
  const browser = new FakeBrowser();
  const tab = browser.tab({ share: false, ...options }, lacks);
  await settle();
  return { browser, tab };
}

/** Answers the question whether the server is there at all. */
async function ready(tab, status = 200, body = 'ok\n') {
  await settle();
  const probe = tab.request('/readyz');
  assert.ok(probe, 'the server was asked whether it is there');
  probe.answer(status, body);
  await settle();
}

test('back-off stays within 1 and 30 s, its ceiling doubles, and chance spreads it', () => {
  for (let failures = 1; failures <= 40; failures++) {
    const shortest = backoff(failures, () => 0);
    const longest = backoff(failures, () => 0.999999);
    assert.equal(shortest, 1_000, `after ${failures}`);
    assert.ok(longest <= 30_000, `after ${failures}: ${longest}`);
    if (failures <= 4) assert.equal(Math.round(longest), 1_000 * 2 ** failures);
    if (failures >= 5) assert.equal(Math.round(longest), 30_000);
  }
  assert.equal(backoff(2, () => 0.5), 2_500);
});

test('events reach the page with id, data and whether they are live', async () => {
  const { browser, tab } = await open({ frame: 'kitchen', lastEventId: 'a/1' });
  assert.equal(tab.source.url, '/subscribe?frame=kitchen&lastEventId=a%2F1');
  assert.equal(tab.connection.state, 'connecting');

  tab.source.picture('b');
  tab.source.say('presence', { viewers: 3 }, 'b');
  await browser.advance(2_000);
  tab.source.picture('c');

  assert.deepEqual(tab.told.filter(([name]) => name !== 'state'), [
    ['picture', { id: 'b', data: { url: '/b', keyword: 'b' }, live: false }],
    ['presence', { id: '', data: { viewers: 3 }, live: false }],
    ['picture', { id: 'c', data: { url: '/c', keyword: 'c' }, live: true }],
  ]);
  assert.deepEqual(tab.state, { state: 'live', retryIn: null, transport: 'sse', leader: true });
  assert.equal(tab.connection.lastEventId, 'c');
});

test('a stream refused with another status than 200 is opened again, later each time', async () => {
  const { browser, tab } = await open();
  browser.random = 0.999;
  for (const wait of [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const { length } = tab.sources;
    tab.source.fail();
    await settle();
    tab.request('/readyz')?.answer(503);
    assert.equal(tab.state.state, 'waiting');
    assert.ok(Math.abs(tab.state.retryIn - wait) < 50, `${wait}`);
    await browser.advance(wait * 0.95);
    assert.equal(tab.sources.length, length, 'not before its time');
    await browser.advance(wait * 0.05);
    assert.equal(tab.sources.length, length + 1, 'opened again');
  }
});

test('back-off starts anew only after a connection that spoke and lived', async () => {
  const { browser, tab } = await open({ transport: 'sse' });
  browser.random = 0.999;
  const waitAfterFailure = () => {
    tab.source.fail();
    return Math.round((tab.state.retryIn) / 1_000);
  };
  assert.equal(waitAfterFailure(), 2);
  await browser.advance(2_000);
  tab.source.say('presence', { viewers: 1 });
  assert.equal(waitAfterFailure(), 4, 'it spoke but died at once');
  await browser.advance(4_000);
  tab.source.say('presence', { viewers: 1 });
  await browser.advance(15_000);
  tab.source.say('time', { now: '' });
  assert.equal(waitAfterFailure(), 2, 'it lived');
});

test('a reopened stream resumes from the newest id, and nothing is told twice', async () => {
  const { browser, tab } = await open();
  for (const id of ['a', 'b', 'c']) tab.source.picture(id);
  tab.source.fail();
  await browser.advance(1_000);
  assert.equal(tab.source.url, '/subscribe?frame=main&lastEventId=c');
  for (const id of ['b', 'c', 'd']) tab.source.picture(id);
  assert.deepEqual(tab.pictures, ['a', 'b', 'c', 'd']);
});

test('reset forgets the id, and what follows is shown even when it was seen', async () => {
  const { browser, tab } = await open();
  tab.source.picture('a');
  tab.source.say('reset', {});
  assert.equal(tab.connection.lastEventId, '');
  tab.source.picture('a');
  assert.deepEqual(tab.pictures, ['a', 'a']);
  tab.source.say('reset', {});
  tab.source.fail();
  await browser.advance(1_000);
  assert.equal(tab.source.url, '/subscribe?frame=main');
});

test('what is not JSON is passed over, and the stream goes on', async () => {
  const { tab } = await open();
  tab.source.say('picture', '{"url":', 'x');
  tab.source.say('presence', 'null');
  tab.source.picture('a');
  assert.deepEqual(tab.pictures, ['a']);
  assert.ok(tab.source, 'still open');
});

test('bye: back after as long as it asks, no sooner', async () => {
  const { browser, tab } = await open();
  tab.source.say('presence', { viewers: 1 });
  tab.source.say('bye', { retry: 3_210 });
  assert.equal(tab.source, undefined);
  assert.equal(tab.state.retryIn, 3_210);
  await browser.advance(3_200);
  assert.equal(tab.sources.length, 1);
  await browser.advance(10);
  assert.equal(tab.sources.length, 2);
});

test('bye without a usable time still comes back soon, and never after minutes', async () => {
  for (const retry of [undefined, 'x', -5, 1e9]) {
    const { browser, tab } = await open();
    tab.source.say('bye', { retry });
    assert.ok(tab.state.retryIn <= 30_000, String(retry));
    assert.ok(tab.state.retryIn >= 1_000, String(retry));
  }
});

test('the watchdog opens a silent connection again, and leaves one that says the time', async () => {
  const { browser, tab } = await open();
  for (let i = 0; i < 10; i++) {
    tab.source.say('time', { now: '' });
    await browser.advance(15_000);
  }
  assert.equal(tab.sources.length, 1, 'alive');
  await browser.advance(20_000);
  assert.equal(tab.sources.length, 1, 'quiet for 35 s');
  await browser.advance(4_000);
  assert.equal(tab.sources.length, 2, 'quiet for 39 s: opened again');
  assert.ok(tab.sources[0].closed);
});

test('a connection found dead after the machine slept is replaced at once', async () => {
  const { browser, tab } = await open();
  tab.source.say('time', { now: '' });
  tab.freeze();
  await browser.advance(3_600_000);
  tab.thaw();
  await browser.advance(0);
  assert.equal(tab.sources.length, 2);
  assert.equal(tab.state.state, 'connecting');
});

test('beside a silent stream WebSocket is tried, then polling, and the first to speak stays', async () => {
  const { browser, tab } = await open();
  await browser.advance(4_900);
  assert.equal(tab.streams, 1);
  await browser.advance(100);
  assert.equal(tab.socket.url, 'ws://frame.lan:8080/ws?frame=main');
  assert.ok(tab.source, 'the stream may still come');
  await browser.advance(5_000);
  assert.equal(tab.socket, undefined);
  assert.equal(tab.request('/poll').url, '/poll?frame=main');
  await browser.advance(2_000);
  assert.equal(tab.state.state, 'connecting');
  tab.request('/healthz').answer(200, 'ok');
  await settle();
  assert.deepEqual([tab.state.state, tab.state.transport], ['live', 'poll']);
  assert.equal(tab.streams, 1);
});

test('WebSocket takes over from a silent stream', async () => {
  const { browser, tab } = await open();
  await browser.advance(5_000);
  tab.socket.say('presence', { viewers: 1 });
  assert.deepEqual([tab.state.state, tab.state.transport], ['live', 'ws']);
  assert.equal(tab.source, undefined);
  tab.socket.drop();
  await browser.advance(1_000);
  assert.ok(tab.socket, 'and stays when it has to be opened again');
  assert.equal(tab.sources.length, 1);
});

test('an event that is only late keeps the stream', async () => {
  const { browser, tab } = await open();
  await browser.advance(6_000);
  tab.source.say('presence', { viewers: 1 });
  assert.equal(tab.state.transport, 'sse');
  assert.equal(tab.streams, 1, 'what was tried beside it is gone');
  tab.source.say('time', { now: '' });
  await browser.advance(20_000);
  assert.equal(tab.streams, 1);
});

test('a try beside a silent stream that fails is followed by the next', async () => {
  const { browser, tab } = await open();
  await browser.advance(5_000);
  tab.socket.drop();
  assert.equal(tab.state.state, 'connecting', 'the stream itself has not failed');
  await browser.advance(5_000);
  assert.ok(tab.request('/poll'));
  tab.request('/poll').fail();
  await browser.advance(19_900);
  assert.equal(tab.sources.length, 1);
  await browser.advance(2_000);
  assert.equal(tab.sources.length, 2, 'given up after 30 s, and begun again');
  await browser.advance(5_000);
  assert.ok(tab.socket, 'from the top');
});

test('silence everywhere is not taken for a connection, whatever a portal says', async () => {
  const { browser, tab } = await open();
  await browser.advance(12_000);
  tab.request('/healthz').answer(200, '<html>Welcome to the hotel');
  await browser.advance(10_000);
  assert.equal(tab.state.state, 'connecting');
  assert.ok(tab.source);
});

test('a transport that keeps failing while the server is there is left', async () => {
  const { browser, tab } = await open();
  tab.source.fail();
  await browser.advance(1_000);
  assert.equal(tab.fetches.length, 0, 'one failure is nothing');
  tab.source.fail();
  await ready(tab);
  assert.ok(tab.socket);
  tab.socket.drop();
  await browser.advance(5_000);
  tab.socket.drop();
  await ready(tab);
  assert.ok(tab.request('/poll'));
});

test('a late answer about the server does not take a stream away that works by now', async () => {
  const { browser, tab } = await open();
  tab.source.fail();
  await browser.advance(1_000);
  tab.source.fail();
  const question = tab.request('/readyz');
  await browser.advance(1_000);
  tab.source.say('presence', { viewers: 1 });
  question.answer(200, 'ok');
  await settle();
  assert.deepEqual([tab.state.state, tab.state.transport], ['live', 'sse']);
});

test('from the last transport on to the first, but not without a pause', async () => {
  const { browser, tab } = await open({}, { without: ['WebSocket', 'EventSource'] });
  assert.ok(tab.request('/poll'), 'a browser that has nothing else polls');
  const whole = await open({}, { without: ['WebSocket'] });
  const fail = () => whole.tab.request('/poll').answer(503);
  for (let i = 0; i < 2; i++) {
    whole.tab.source.fail();
    await settle();
    if (i === 1) await ready(whole.tab);
    else await whole.browser.advance(1_000);
  }
  fail();
  await whole.browser.advance(1_000);
  fail();
  await ready(whole.tab);
  assert.equal(whole.tab.state.state, 'waiting');
  await whole.browser.advance(1_000);
  assert.ok(whole.tab.source, 'back at the top');
});

test('a forced transport is never left', async () => {
  const { browser, tab } = await open({ transport: 'ws' });
  for (let i = 0; i < 5; i++) {
    tab.socket.drop();
    await browser.advance(1_000);
  }
  assert.equal(tab.sources.length + tab.fetches.length, 0);
  await browser.advance(40_000);
  assert.ok(tab.socket);
});

test('after a while the better transport is tried beside the worse, and taken when it speaks', async () => {
  const { browser, tab } = await open();
  browser.random = 0.5;
  await browser.advance(5_000);
  tab.socket.say('picture', { url: '/a', keyword: 'a' }, 'a');
  const alive = async (ms) => {
    for (; ms > 0; ms -= 15_000) {
      tab.socket.say('time', { now: '' });
      await browser.advance(15_000);
    }
  };
  await alive(60_000);
  assert.equal(tab.sources.length, 2, 'tried');
  assert.equal(tab.source.url, '/subscribe?frame=main&lastEventId=a');
  await alive(15_000);
  assert.equal(tab.source, undefined, 'in vain');
  await alive(105_000);
  assert.equal(tab.sources.length, 3, 'tried again, later');
  tab.socket.say('picture', { url: '/b', keyword: 'b' }, 'b');
  tab.source.picture('b');
  assert.equal(tab.socket, undefined, 'one connection is left');
  tab.source.picture('c');
  assert.deepEqual(tab.pictures, ['a', 'b', 'c']);
  assert.deepEqual([tab.state.state, tab.state.transport], ['live', 'sse']);
  await browser.advance(30_000);
  tab.source.say('time', { now: '' });
  await browser.advance(30_000);
  assert.equal(tab.sources.length, 3, 'the watchdog counts from the new transport');
  await browser.advance(10_000);
  assert.equal(tab.sources.length, 4, 'and barks for it');
});

test('WebSocket: wss from https, other events than the stream\'s are ignored', async () => {
  const { tab } = await open({ transport: 'ws', base: '/sub' }, { href: 'https://example.org/sub/f/x' });
  assert.equal(tab.socket.url, 'wss://example.org/sub/ws?frame=main');
  tab.socket.say('published', { url: '/a' });
  tab.socket.onmessage({ data: 'not JSON' });
  tab.socket.say('picture', { url: '/a', keyword: 'a' }, 'a');
  assert.deepEqual(tab.told.map(([name]) => name).filter((n) => n !== 'state'), ['picture']);
});

test('a constructor that throws counts as a failure', async () => {
  const browser = new FakeBrowser();
  const tab = browser.tab({ share: false, transport: 'ws' });
  tab.WebSocket = class {
    constructor() {
      throw new DOMException('policy', 'SecurityError');
    }
  };
  await settle();
  assert.equal(tab.state.state, 'waiting');
});

test('close ends what is tried beside a silent stream, and plans for a better transport', async () => {
  const silent = await open();
  await silent.browser.advance(6_000);
  assert.equal(silent.tab.streams, 2);
  silent.tab.connection.close();
  assert.equal(silent.tab.streams, 0);
  const worse = await open();
  await worse.browser.advance(5_000);
  worse.tab.socket.say('presence', { viewers: 1 });
  worse.tab.connection.close();
  assert.equal(worse.browser.timers.length, 0);
});

test('close leaves nothing behind', async () => {
  const { browser, tab } = await open();
  tab.source.picture('a');
  tab.source.fail();
  tab.connection.close();
  await browser.advance(60_000);
  assert.equal(tab.streams, 0);
  assert.equal(browser.timers.length, 0);
  assert.equal(tab.listening, 0);
  tab.connection.reconnect();
  tab.connection.close();
  await settle();
  assert.equal(tab.streams, 0, 'and stays closed');
});

test('a page that closes as soon as it is told anything leaves nothing behind', async () => {
  const moments = ['connecting', 'live', 'waiting', 'picture', 'bye'];
  for (const moment of moments) {
    const browser = new FakeBrowser();
    const tab = browser.tab();
    let told = 0;
    const close = () => {
      tab.connection.close();
      told = tab.told.length;
    };
    tab.connection.addEventListener(moment, close);
    tab.connection.addEventListener('state', (e) => e.detail.state === moment && close());
    await settle();
    tab.source?.picture('a');
    tab.source?.fail();
    await browser.advance(3_000);
    tab.source?.say('bye', { retry: 1_000 });
    await browser.advance(60_000);
    assert.equal(tab.streams, 0, moment);
    assert.equal(browser.timers.length, 0, moment);
    assert.equal(browser.locks.held.size, 0, moment);
    assert.equal(tab.told.length, told, `${moment}: nothing is told after it`);
  }
});
