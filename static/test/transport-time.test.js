import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeBrowser, settle } from './fakes.js';

const HOUR_MS = 3_600_000;
const MONTH_MS = 30 * 24 * HOUR_MS;

/** Two tabs of a frame: the first leads, the second follows. */
async function open() {
  const browser = new FakeBrowser();
  const leader = browser.tab({ transport: 'sse' });
  await settle();
  const follower = browser.tab({ transport: 'sse' });
  await settle();
  leader.source.say('time', { now: '' });
  await settle();
  return { browser, leader, follower };
}

for (const [name, step] of [['an hour', HOUR_MS], ['a month', MONTH_MS]]) {
  test(`a dead line is noticed in time though the clock goes back ${name}`, async () => {
    const { browser, leader } = await open();
    browser.set = -step;
    await browser.advance(39_000);
    assert.equal(leader.sources.length, 2);
  });

  test(`a leader that is frozen loses its place though the clock goes back ${name}`, async () => {
    const { browser, leader, follower } = await open();
    await browser.advance(1_000);
    leader.freeze();
    browser.set = -step;
    await browser.advance(40_000);
    assert.equal(follower.streams, 1);
  });

  test(`the clock goes back ${name} and the page sets no more timers than before`, async () => {
    const { browser, leader } = await open();
    browser.set = -step;
    const before = browser.timed;
    for (let i = 0; i < 10; i++) {
      leader.source.say('time', { now: '' });
      await browser.advance(15_000);
    }
    assert.ok(browser.timed - before < 50, `${browser.timed - before} timers in 150 s`);
  });

  test(`a poll that waits stays a poll that waits though the clock goes back ${name}`, async () => {
    const browser = new FakeBrowser();
    const tab = browser.tab({ share: false, transport: 'poll' });
    await browser.advance(5_000);
    browser.set = -step;
    await browser.advance(20_000);
    tab.request('/poll').answer(204);
    await settle();
    assert.equal(tab.state.state, 'live');
    assert.ok(tab.request('/poll'));
  });
}

test('the clock goes back while a retry is awaited: a follower still hurries it when it is due', async () => {
  const { browser, leader, follower } = await open();
  leader.source.fail();
  browser.timers = browser.timers.filter((timer) => timer.tab !== leader); // throttled
  browser.set = -HOUR_MS;
  await browser.advance(30_000);
  assert.equal(leader.sources.length, 2);
  assert.equal(follower.streams, 0);
});

test('a sleep during which every clock but the wall\'s stood still is noticed', async () => {
  const { browser, leader } = await open();
  await browser.advance(10_000);
  browser.set = HOUR_MS;
  leader.document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(leader.sources.length, 2, 'when it is looked at');
  leader.source.say('time', { now: '' });
  browser.set += HOUR_MS;
  await browser.advance(38_000);
  assert.equal(leader.sources.length, 3, 'by itself, when the watchdog is due');
  assert.equal(leader.state.state, 'connecting', 'and at once');
});

test('the time to the next attempt is told as a duration, also to a tab that comes later', async () => {
  const { browser, leader, follower } = await open();
  browser.random = 0.999;
  leader.source.fail();
  await settle();
  assert.equal(follower.state.retryIn, leader.state.retryIn);
  browser.set = -HOUR_MS;
  await browser.advance(500);
  const late = browser.tab({ transport: 'sse' });
  await settle();
  assert.equal(late.state.retryIn, leader.state.retryIn - 500);
});

test('where the server says the time more often, less silence is a dead line', async () => {
  const browser = new FakeBrowser();
  browser.random = 0; // a second between two tries
  const tab = browser.tab({ share: false, transport: 'sse', quiet: 7_000 });
  await settle();
  tab.source.say('time', { now: '' });
  await browser.advance(6_900);
  assert.equal(tab.sources.length, 1, 'not yet');
  assert.ok(!tab.source.closed);
  await browser.advance(200);
  assert.equal(tab.state.state, 'waiting');
  await browser.advance(2_000);
  assert.equal(tab.sources.length, 2, 'tried again');
  // One that has not said a word is given up as soon.
  await browser.advance(5_800);
  assert.equal(tab.sources.length, 2);
  const { timed } = browser;
  await browser.advance(1_300);
  assert.equal(tab.sources.length, 3);
  assert.ok(browser.timed - timed < 10, 'and no timer runs in circles');
});
