import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeBrowser, settle } from './fakes.js';

const LACKS = [
  ['with locks', {}],
  ['without locks', { without: ['locks'] }],
];

/** Opens tabs one after the other, until one leads. */
async function open(count, lacks, options = {}) {
  const browser = new FakeBrowser();
  const tabs = [];
  for (let i = 0; i < count; i++) {
    tabs.push(browser.tab({ transport: 'sse', ...options }, lacks));
    await browser.advance(300);
  }
  return { browser, tabs };
}

const leaders = (tabs) => tabs.filter((tab) => tab.streams > 0);

/** Says the time as the server does, so that no watchdog barks. */
async function pass(browser, leader, seconds) {
  for (; seconds > 0; seconds -= 15) {
    leader.source.say('time', { now: '' });
    await browser.advance(15_000);
  }
}

for (const [name, lacks] of LACKS) {
  test(`${name}: eight tabs, one connection, everybody sees everything`, async () => {
    const { browser, tabs } = await open(8, lacks);
    const [leader, ...others] = tabs;
    assert.deepEqual(leaders(tabs), [leader]);
    leader.source.picture('a');
    leader.source.say('presence', { viewers: 8 });
    leader.source.say('searching', { keyword: 'b' });
    await browser.advance(1_000);
    leader.source.picture('b');
    await settle();
    for (const tab of tabs) {
      assert.deepEqual(tab.pictures, ['a', 'b']);
      assert.deepEqual(
        tab.told.map(([n]) => n).filter((n) => n !== 'state'),
        ['picture', 'presence', 'searching', 'picture'],
      );
      assert.equal(tab.connection.lastEventId, 'b');
      assert.equal(tab.connection.state, 'live');
    }
    assert.equal(leader.state.leader, true);
    assert.ok(others.every((tab) => tab.state.leader === false && tab.state.transport === 'sse'));
    await pass(browser, leader, 600);
    assert.deepEqual(leaders(tabs), [leader], 'and it stays so');
    assert.equal(leader.sources.length, 1);
  });

  test(`${name}: eight tabs at once agree on one`, async () => {
    const browser = new FakeBrowser();
    browser.random = 0.5; // all of them draw the same wait
    const tabs = Array.from({ length: 8 }, () => browser.tab({ transport: 'sse' }, lacks));
    await browser.advance(2_000);
    assert.equal(leaders(tabs).length, 1);
    leaders(tabs)[0].source.picture('a');
    await settle();
    for (const tab of tabs) assert.deepEqual(tab.pictures, ['a']);
  });

  test(`${name}: when the leader closes, another takes over and nothing is lost or doubled`, async () => {
    const { browser, tabs } = await open(3, lacks);
    const [first, second, third] = tabs;
    first.source.picture('a');
    await settle();
    first.connection.close();
    await browser.advance(1_000);
    assert.equal(first.streams, 0);
    const [leader] = leaders(tabs);
    assert.ok(leader === second || leader === third);
    assert.equal(leaders(tabs).length, 1);
    assert.equal(leader.source.url, '/subscribe?frame=main&lastEventId=a');
    leader.source.picture('b');
    await settle();
    assert.deepEqual(second.pictures, ['a', 'b']);
    assert.deepEqual(third.pictures, ['a', 'b']);
  });

  test(`${name}: when the leader crashes, another takes over`, async () => {
    const { browser, tabs } = await open(3, lacks);
    const [first, second, third] = tabs;
    first.source.picture('a');
    await settle();
    first.crash();
    await browser.advance(30_000);
    assert.equal(leaders([second, third]).length, 1);
    const [leader] = leaders([second, third]);
    assert.equal(leader.source.url, '/subscribe?frame=main&lastEventId=a');
  });

  test(`${name}: a leader that is frozen without a word loses its place, and notices`, async () => {
    const { browser, tabs } = await open(3, lacks);
    const [first, second, third] = tabs;
    first.source.picture('a');
    await settle();
    first.freeze();
    await browser.advance(26_000);
    const [leader] = leaders([second, third]);
    assert.ok(leader, 'somebody leads');
    assert.equal(leader.source.url, '/subscribe?frame=main&lastEventId=a');
    leader.source.picture('b');
    leader.source.picture('c');
    await pass(browser, leader, 60);
    first.thaw();
    await browser.advance(1_000);
    assert.deepEqual(leaders(tabs), [leader]);
    assert.deepEqual(first.pictures, ['a', 'b', 'c']);
    assert.equal(first.state.leader, false);
    assert.equal(browser.locks.queue.filter((r) => r.tab === leader).length, 0);
    // It is a follower like any other, and can lead again.
    for (const tab of [second, third]) tab.connection.close();
    await browser.advance(2_000);
    assert.equal(first.streams, 1);
    assert.equal(first.source.url, '/subscribe?frame=main&lastEventId=c');
  });

  test(`${name}: a tab that joins late sees what is on`, async () => {
    const { browser, tabs: [leader] } = await open(1, lacks);
    leader.source.picture('a');
    await browser.advance(5_000);
    leader.source.picture('b');
    leader.source.say('presence', { viewers: 1 });
    leader.source.say('searching', { keyword: 'c' });
    leader.source.say('time', { now: '' });
    const late = browser.tab({ transport: 'sse' }, lacks);
    await browser.advance(1_000);
    assert.deepEqual(late.told.filter(([n]) => n !== 'state'), [
      ['picture', { id: 'b', data: { url: '/b', keyword: 'b' }, live: false }],
      ['presence', { id: '', data: { viewers: 1 }, live: false }],
    ]);
    assert.equal(late.connection.state, 'live');
    assert.equal(late.fetches.length, 0);
    assert.equal(late.streams, 0);
  });
}

test('a tab that joins with the newest picture is told of no picture', async () => {
  const { browser, tabs: [leader] } = await open(1);
  leader.source.picture('a');
  const late = browser.tab({ transport: 'sse', lastEventId: 'a' });
  await settle();
  assert.deepEqual(late.pictures, []);
  assert.equal(late.fetches.length, 0);
  leader.source.picture('b');
  await settle();
  assert.deepEqual(late.pictures, ['b']);
});

test('a tab that joins with a picture that has been taken off is told so', async () => {
  const { browser, tabs: [leader] } = await open(1);
  leader.source.picture('a');
  leader.source.picture('b');
  leader.source.say('removed', { id: 'b' });
  await settle();
  const late = browser.tab({ transport: 'sse', lastEventId: 'b' });
  const fresh = browser.tab({ transport: 'sse' });
  await settle();
  const removed = ['removed', { id: '', data: { id: 'b' }, live: false }];
  assert.deepEqual(late.told.filter(([name]) => name !== 'state'), [removed]);
  assert.deepEqual(fresh.pictures, [], 'not the one that was taken off');
});

test('a tab that joins with an older picture asks the server for what it missed, in order', async () => {
  const { browser, tabs: [leader] } = await open(1, {}, { lastEventId: 'c' });
  leader.source.picture('d');
  const late = browser.tab({ transport: 'sse', lastEventId: 'a' });
  await settle();
  leader.source.picture('e');
  await settle();
  assert.deepEqual(late.pictures, [], 'nothing before what was missed');
  const poll = late.request('/poll');
  assert.equal(poll.url, '/poll?frame=main&lastEventId=a');
  const events = ['b', 'c', 'd'].map((id) => ({ id, event: 'picture', data: { url: `/${id}` } }));
  poll.answer(200, { events });
  await settle();
  assert.deepEqual(late.pictures, ['b', 'c', 'd', 'e']);
  leader.source.picture('f');
  await settle();
  assert.deepEqual(late.pictures, ['b', 'c', 'd', 'e', 'f']);
});

test('a tab that joins with nothing where the leader has only an id gets the current picture', async () => {
  const { browser } = await open(1, {}, { lastEventId: 'a' });
  const late = browser.tab({ transport: 'sse' });
  await settle();
  const events = [{ id: 'a', event: 'picture', data: { url: '/a' } }];
  late.request('/poll').answer(200, { events });
  await settle();
  assert.deepEqual(late.pictures, ['a']);
});

test('a tab that joins ahead of the leader waits for it', async () => {
  const { browser, tabs: [leader] } = await open(1);
  leader.source.picture('a');
  const late = browser.tab({ transport: 'sse', lastEventId: 'b' });
  await settle();
  leader.source.picture('b');
  leader.source.picture('c');
  await settle();
  assert.deepEqual(late.pictures, ['c']);
  assert.equal(late.fetches.length, 0, 'it has missed nothing');
});

test('where the server cannot be asked, a gap ends in a reset and the newest picture', async () => {
  const { browser, tabs: [leader] } = await open(1);
  leader.source.picture('c');
  const late = browser.tab({ transport: 'sse', lastEventId: 'a' });
  await settle();
  late.request('/poll').fail();
  await settle();
  assert.deepEqual(late.pictures, []);
  leader.source.say('time', { now: '' });
  await settle();
  late.request('/poll').answer(502);
  await settle();
  const names = late.told.map(([name]) => name).filter((n) => n === 'reset' || n === 'picture');
  assert.deepEqual(names, ['reset', 'picture']);
  assert.deepEqual(late.pictures, ['c']);
});

test('a picture that comes over a gap between two leaders is held back', async () => {
  const { browser, tabs: [first, second] } = await open(2);
  first.source.picture('a');
  await settle();
  // The second tab misses what the first says next.
  const { onmessage } = second.channels[0];
  second.channels[0].onmessage = null;
  first.source.picture('b');
  await settle();
  second.channels[0].onmessage = onmessage;
  first.source.picture('c');
  await settle();
  assert.deepEqual(second.pictures, ['a']);
  const events = ['b', 'c'].map((id) => ({ id, event: 'picture', data: { url: `/${id}` } }));
  second.request('/poll').answer(200, { events });
  await browser.advance(0);
  assert.deepEqual(second.pictures, ['a', 'b', 'c']);
});

test('reset reaches all tabs, and the first picture after it too', async () => {
  const { tabs } = await open(3);
  tabs[0].source.picture('a');
  tabs[0].source.say('reset', {});
  tabs[0].source.picture('b');
  await settle();
  for (const tab of tabs) assert.deepEqual(tab.pictures, ['a', 'b']);
});

test('a follower can ask for a fresh connection', async () => {
  const { tabs: [leader, follower] } = await open(2);
  leader.source.fail();
  await settle();
  assert.equal(follower.state.state, 'waiting');
  assert.equal(follower.state.retryIn, leader.state.retryIn);
  follower.connection.reconnect();
  await settle();
  assert.equal(leader.sources.length, 2);
  assert.equal(follower.state.state, 'connecting');
  assert.equal(follower.streams, 0);
});

test('a follower that is looked at hurries a waiting leader', async () => {
  const { tabs: [leader, follower] } = await open(2);
  leader.source.fail();
  await settle();
  follower.document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  assert.equal(leader.sources.length, 2);
});

test('a leader whose timers are throttled is kept going by its followers', async () => {
  const { browser, tabs: [leader, follower] } = await open(2);
  leader.source.fail();
  await settle();
  // Its retry is due in a second, but its timers do not come.
  browser.timers = browser.timers.filter((timer) => timer.tab !== leader);
  await browser.advance(25_000);
  assert.equal(leader.sources.length, 2);
  assert.equal(follower.streams, 0, 'it answered, so it keeps its place');
});

test('frames, transports and locations are not shared with each other', async () => {
  const browser = new FakeBrowser();
  const tabs = [
    browser.tab({ transport: 'sse' }),
    browser.tab({ transport: 'sse', frame: 'other' }),
    browser.tab({ transport: 'poll' }),
    browser.tab({ transport: 'sse', base: '/sub' }),
    browser.tab({ transport: 'sse', share: false }),
  ];
  await settle();
  assert.deepEqual(leaders(tabs), tabs);
});

test('without BroadcastChannel each tab has its own connection', async () => {
  const { tabs } = await open(3, { without: ['BroadcastChannel'] });
  assert.deepEqual(leaders(tabs), tabs);
});

test('where locks are refused each tab has its own connection', async () => {
  const browser = new FakeBrowser();
  browser.locks.of = () => ({
    request: () => Promise.reject(new DOMException('opaque origin', 'SecurityError')),
  });
  const tabs = [browser.tab({ transport: 'sse' }), browser.tab({ transport: 'sse' })];
  await settle();
  assert.deepEqual(leaders(tabs), tabs);
});

test('closing leaves no lock, channel, timer or listener', async () => {
  for (const [name, lacks] of LACKS) {
    const { browser, tabs } = await open(3, lacks);
    for (const tab of tabs) tab.connection.close();
    await browser.advance(100_000);
    assert.equal(browser.locks.held.size + browser.locks.queue.length, 0, name);
    assert.equal(browser.channels.length, 0, name);
    assert.equal(browser.timers.length, 0, name);
    assert.equal(leaders(tabs).length, 0, name);
    assert.ok(tabs.every((tab) => tab.listening === 0), name);
  }
});

test('a tab that comes while the leader is frozen is told what is on by the next', async () => {
  const { browser, tabs: [first, second] } = await open(2);
  first.source.picture('a');
  await settle();
  first.freeze();
  await browser.advance(22_000);
  const late = browser.tab({ transport: 'sse' });
  await browser.advance(4_500);
  assert.deepEqual(leaders([second, late]), [second]);
  assert.deepEqual(late.pictures, ['a']);
});

test('without locks: a leader that slept through the election is told of it', async () => {
  const { browser, tabs: [first, second] } = await open(2, { without: ['locks'] });
  first.freeze();
  await browser.advance(30_000);
  assert.equal(second.streams, 1);
  first.mail.length = 0;
  first.thaw();
  first.source.say('time', { now: '' });
  await settle();
  assert.equal(first.streams, 0);
  assert.equal(first.state.leader, false);
  assert.equal(second.streams, 1);
});

test('closing while the lead is being taken gives it back', async () => {
  const { browser, tabs: [first, second] } = await open(2);
  first.freeze();
  const { locks } = second.navigator;
  const { request } = locks;
  locks.request = (name, options, hold) => {
    const granted = request.call(locks, name, options, hold);
    if (options.steal) second.connection.close();
    return granted;
  };
  await browser.advance(30_000);
  assert.equal(second.streams, 0);
  assert.ok([...browser.locks.held.values()].every((holder) => holder.tab !== second));
});

test('closing at once, before the lock is granted, gives it back', async () => {
  const browser = new FakeBrowser();
  const tab = browser.tab();
  queueMicrotask(() => tab.connection.close());
  await browser.advance(1_000);
  assert.equal(browser.locks.held.size, 0);
  assert.equal(tab.streams, 0);
});
