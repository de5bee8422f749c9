import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeBrowser, settle } from './fakes.js';

const LACKS = [
  ['with locks', {}],
  ['without locks', { without: ['locks'] }],
];

/** Tabs on frames of their own, opened together or one after the other. */
async function open(count, { options = {}, lacks = {}, apart = 0 } = {}) {
  const browser = new FakeBrowser();
  const tabs = [];
  for (let i = 0; i < count; i++) {
    tabs.push(browser.tab({ frame: `f${i}`, ...options }, lacks));
    if (apart) await browser.advance(apart);
    tabs[i].source?.say('presence', { viewers: 1 });
  }
  await browser.advance(apart ? 0 : 1_000);
  return { browser, tabs };
}

const over = (tabs, kind) => tabs.filter((tab) => tab[{ sse: 'source', ws: 'socket' }[kind]]);

/** The connections that count for the limit of six a host. */
const held = (tabs) => tabs.reduce((sum, tab) => sum + tab.streams - (tab.socket ? 1 : 0), 0);

/** Says the time everywhere, so that no watchdog barks. */
async function pass(browser, tabs, seconds) {
  for (; seconds > 0; seconds--) {
    for (const tab of tabs) {
      tab.source?.say('time', { now: '' });
      tab.socket?.say('time', { now: '' });
    }
    await browser.advance(1_000);
  }
}

for (const [name, lacks] of LACKS) {
  for (const apart of [0, 800]) {
    test(`${name}: of eight frames, opened ${apart} ms apart, three take a stream and five a WebSocket`, async () => {
      const { browser, tabs } = await open(8, { lacks, apart });
      assert.equal(over(tabs, 'sse').length, 3);
      assert.equal(over(tabs, 'ws').length, 5);
      assert.equal(held(tabs), 3);
      if (apart) assert.deepEqual(over(tabs, 'sse'), tabs.slice(0, 3), 'those who came later give way');
      await pass(browser, tabs, 30);
      assert.ok(tabs.every((tab) => tab.state.state === 'live'));
      assert.equal(held(tabs), 3);
      tabs[7].socket.say('picture', { url: '/a' }, 'a');
      assert.deepEqual(tabs[7].pictures, ['a']);
    });
  }
}

test('a frame whose turn it was not gets a stream when others have closed', async () => {
  const { browser, tabs } = await open(5);
  browser.random = 0.5;
  await pass(browser, tabs, 10);
  const [first] = over(tabs, 'sse');
  first.connection.close();
  await pass(browser, tabs, 70);
  assert.equal(over(tabs, 'sse').length, 3);
  assert.equal(over(tabs, 'ws').length, 1);
});

test('a tab that crashed holds nothing', async () => {
  const { browser, tabs } = await open(3);
  for (const tab of tabs) tab.crash();
  const late = browser.tab({ frame: 'late' });
  await settle();
  assert.ok(late.source);
});

test('a forced stream gives way too', async () => {
  const { tabs } = await open(8, { options: { transport: 'sse' } });
  assert.equal(over(tabs, 'sse').length, 3);
  assert.equal(over(tabs, 'ws').length, 5);
});

test('tabs that share nothing are counted as well', async () => {
  const { tabs } = await open(8, { options: { frame: 'main', share: false } });
  assert.equal(held(tabs), 3);
});

test('WebSockets do not count', async () => {
  const browser = new FakeBrowser();
  for (let i = 0; i < 8; i++) browser.tab({ frame: `w${i}`, transport: 'ws' });
  const late = browser.tab({ frame: 'late' });
  await settle();
  assert.ok(late.source);
});

/** Answers what is asked beside the polls, as a server without news does. */
async function poll(browser, tabs, seconds) {
  const sums = [];
  for (; seconds > 0; seconds--) {
    for (const tab of tabs) tab.request('/healthz')?.answer(200, 'ok');
    await browser.advance(1_000);
    sums.push(held(tabs));
  }
  return sums;
}

test('of eight frames that poll, three wait long and the others only shortly', async () => {
  const { browser, tabs } = await open(8, { options: { transport: 'poll', lastEventId: 'a' } });
  const sums = await poll(browser, tabs, 16);
  assert.equal(Math.min(...sums), 3, `${sums}`);
  assert.ok(sums.filter((n) => n > 3).length <= 8, `${sums}`);
  assert.ok(tabs.every((tab) => tab.state.state === 'live'));
  const brief = tabs.find((tab) => !tab.request('/poll')) ?? tabs[7];
  while (!brief.request('/poll')) await browser.advance(1_000);
  brief.request('/poll').answer(200, { events: [{ id: 'b', event: 'picture', data: { url: '/b' } }] });
  await settle();
  assert.deepEqual(brief.pictures, ['b']);
  assert.equal(tabs.find((tab) => tab !== brief).fetches.filter((f) => f.url.startsWith('/healthz')).length > 0, true);
});

test('a poll that was cut short because of others waits long when they are gone', async () => {
  const { browser, tabs } = await open(4, { options: { transport: 'poll', lastEventId: 'a' } });
  await poll(browser, tabs, 8);
  const last = tabs[3];
  assert.ok(last.fetches.filter((f) => f.url.startsWith('/poll')).length > 1, 'it was cut short');
  tabs[0].connection.close();
  await poll(browser, tabs, 10);
  const { length } = last.fetches;
  await poll(browser, tabs, 15);
  assert.equal(last.fetches.length, length);
  assert.equal(held(tabs), 3);
});

test('a short poll says nothing of a server that is gone', async () => {
  const { browser, tabs } = await open(4, { options: { transport: 'poll', lastEventId: 'a' } });
  const last = tabs[3];
  await browser.advance(3_000);
  last.request('/healthz').fail();
  await browser.advance(20_000);
  assert.notEqual(last.state.state, 'live');
});

test('where WebSockets do not work either, a frame without its turn polls shortly', async () => {
  const { browser, tabs } = await open(4);
  const last = over(tabs, 'ws')[0];
  for (let i = 0; i < 2; i++) {
    last.socket.drop();
    await settle();
    last.request('/readyz')?.answer(200, 'ok');
    await browser.advance(1_000);
  }
  assert.ok(last.request('/poll'));
  const sums = await poll(browser, [last], 12);
  assert.ok(sums.includes(0), `${sums}`);
});

test('closing leaves no channel', async () => {
  for (const transport of ['auto', 'poll']) {
    const { browser, tabs } = await open(8, { options: { transport } });
    for (const tab of tabs) tab.connection.close();
    await browser.advance(100_000);
    assert.equal(browser.channels.length, 0);
    assert.equal(browser.timers.length, 0);
  }
});
