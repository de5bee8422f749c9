import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeBrowser, settle } from './fakes.js';

async function open(options = {}) {
  const browser = new FakeBrowser();
  const tab = browser.tab({ share: false, transport: 'sse', ...options });
  await settle();
  return { browser, tab };
}

const tell = (target, type) => target.dispatchEvent(new Event(type));

function show(tab, visibilityState) {
  tab.document.visibilityState = visibilityState;
  tell(tab.document, 'visibilitychange');
}

test('a tab that is looked at again does not wait for its back-off', async () => {
  const { browser, tab } = await open();
  browser.random = 0.999;
  for (let i = 0; i < 6; i++) {
    tab.source.fail();
    if (i < 5) await browser.advance(30_000);
  }
  show(tab, 'hidden');
  await settle();
  assert.equal(tab.state.state, 'waiting');
  show(tab, 'visible');
  assert.equal(tab.state.state, 'connecting');
});

test('a tab that is looked at again doubts a connection that should have spoken', async () => {
  const { browser, tab } = await open();
  tab.source.say('time', { now: '' });
  await browser.advance(10_000);
  show(tab, 'visible');
  assert.equal(tab.sources.length, 1, 'silent for 10 s is nothing');
  await browser.advance(11_000);
  show(tab, 'visible');
  assert.equal(tab.sources.length, 2, 'silent for 21 s is');
});

test('a tab that is looked at leaves a waiting poll alone', async () => {
  const { browser, tab } = await open({ transport: 'poll' });
  const [poll] = tab.fetches;
  await browser.advance(24_000);
  show(tab, 'visible');
  assert.ok(!poll.done);
});

test('asleep in the back/forward cache or frozen, it holds nothing; awake, it resumes', async () => {
  for (const [sleep, wake, target] of [
    ['pagehide', 'pageshow', (tab) => tab],
    ['freeze', 'resume', (tab) => tab.document],
  ]) {
    const { browser, tab } = await open({ share: true });
    tab.source.picture('a');
    tell(target(tab), sleep);
    await browser.advance(100_000);
    assert.equal(tab.streams, 0, sleep);
    assert.equal(browser.timers.length, 0, sleep);
    assert.equal(browser.locks.held.size, 0, sleep);
    assert.equal(browser.channels.length, 0, sleep);
    tell(target(tab), wake);
    await settle();
    assert.equal(tab.source.url, '/subscribe?frame=main&lastEventId=a', wake);
    tell(target(tab), wake);
    await settle();
    assert.equal(tab.streams, 1, wake);
    assert.equal(browser.channels.length, 2, wake); // for this frame and for all
  }
});

test('pageshow on the first load opens no second connection', async () => {
  const { tab } = await open();
  tell(tab, 'pageshow');
  await settle();
  assert.equal(tab.sources.length, 1);
});

test('offline is said at once, and unsaid by an event: onLine can be wrong', async () => {
  const { tab } = await open();
  tab.source.say('presence', { viewers: 1 });
  tab.navigator.onLine = false;
  tell(tab, 'offline');
  assert.equal(tab.state.state, 'offline');
  assert.ok(tab.source, 'the connection may still work');
  tab.source.picture('a');
  assert.equal(tab.state.state, 'live');
});

test('offline it tries seldom, but it tries', async () => {
  const { browser, tab } = await open();
  tab.navigator.onLine = false;
  tell(tab, 'offline');
  tab.source.fail();
  assert.equal(tab.state.state, 'offline');
  assert.ok(tab.state.retryIn >= 15_000);
  await browser.advance(30_000);
  assert.equal(tab.sources.length, 2);
});

test('offline only the first try is delayed: the browser can be wrong', async () => {
  const { browser, tab } = await open();
  browser.random = 0.999;
  tab.navigator.onLine = false;
  tab.source.fail();
  assert.ok(tab.state.retryIn >= 15_000, `${tab.state.retryIn}`);
  await browser.advance(tab.state.retryIn);
  tab.source.fail();
  assert.equal(tab.state.state, 'offline');
  assert.equal(Math.round(tab.state.retryIn / 1_000), 4);
});

test('offline, a try that a bye has promised is not delayed', async () => {
  const { browser, tab } = await open();
  tab.navigator.onLine = false;
  tab.source.say('bye', { retry: 2_000 });
  assert.deepEqual([tab.state.state, tab.state.retryIn], ['waiting', 2_000]);
  await browser.advance(2_000);
  assert.equal(tab.sources.length, 2);
});

test('to reach its own machine a page needs no network, whatever the browser says', async () => {
  for (const host of ['localhost', 'frame.localhost', '127.0.0.1', '127.8.0.1', '127.1', '[::1]']) {
    const browser = new FakeBrowser();
    const tab = browser.tab({ share: false }, { href: `http://${host}:8080/` });
    tab.navigator.onLine = false;
    await settle();
    tab.source.say('presence', { viewers: 1 });
    tell(tab, 'offline');
    assert.equal(tab.state.state, 'live', host);
    tell(tab, 'online');
    assert.equal(tab.sources.length, 1, `${host}: the connection stays`);
    tab.source.fail();
    assert.deepEqual([tab.state.state, tab.state.retryIn], ['waiting', 1_000], host);
  }
  for (const host of ['localhost.example.org', 'notlocalhost', '127.example.org', '10.127.0.1']) {
    const browser = new FakeBrowser();
    const tab = browser.tab({ share: false }, { href: `http://${host}:8080/` });
    tab.navigator.onLine = false;
    await settle();
    tab.source.fail();
    assert.equal(tab.state.state, 'offline', host);
  }
});

test('online again: at once, from the newest id, over the best transport', async () => {
  const browser = new FakeBrowser();
  const tab = browser.tab({ share: false });
  await browser.advance(5_000);
  tab.socket.say('picture', { url: '/a', keyword: 'a' }, 'a');
  tab.navigator.onLine = false;
  tell(tab, 'offline');
  tab.socket.drop();
  assert.equal(tab.state.state, 'offline');
  tab.navigator.onLine = true;
  tell(tab, 'online');
  assert.equal(tab.source.url, '/subscribe?frame=main&lastEventId=a');
  assert.equal(tab.state.state, 'connecting');
});

test('reconnect() opens a fresh connection at once', async () => {
  const { tab } = await open();
  tab.source.picture('a');
  tab.connection.reconnect();
  assert.equal(tab.sources.length, 2);
  assert.equal(tab.streams, 1);
  tab.source.fail();
  tab.connection.reconnect();
  assert.equal(tab.sources.length, 3);
});
