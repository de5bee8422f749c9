import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeBrowser, settle } from './fakes.js';

/** One tab that polls. */
async function open(options = {}) {
  const browser = new FakeBrowser();
  const tab = browser.tab({ share: false, transport: 'poll', ...options });
  await settle();
  return { browser, tab };
}

const polls = (tab) => tab.fetches.filter((request) => request.url.startsWith('/poll'));
const picture = (id) => ({ id, event: 'picture', data: { url: `/${id}`, keyword: id } });

test('each poll asks for what comes after the one before', async () => {
  const { tab } = await open({ lastEventId: 'a' });
  assert.equal(tab.request('/poll').url, '/poll?frame=main&lastEventId=a');
  tab.request('/poll').answer(200, { events: [picture('b'), picture('c')] });
  await settle();
  assert.equal(tab.request('/poll').url, '/poll?frame=main&lastEventId=c');
  assert.deepEqual(tab.pictures, ['b', 'c']);
  assert.deepEqual([tab.state.state, tab.state.transport], ['live', 'poll']);
});

test('a poll that is let in and waits is live', async () => {
  const { browser, tab } = await open();
  await browser.advance(1_900);
  assert.equal(tab.fetches.length, 1);
  await browser.advance(200);
  assert.equal(tab.state.state, 'connecting', 'not before the server was heard at all');
  tab.request('/healthz').answer(200, 'ok');
  await settle();
  assert.equal(tab.state.state, 'live');
});

test('204 after 25 s: again at once', async () => {
  const { browser, tab } = await open();
  for (let i = 0; i < 4; i++) {
    await browser.advance(25_000);
    tab.request('/poll').answer(204);
    await settle();
  }
  assert.equal(polls(tab).length, 5);
  assert.equal(tab.state.state, 'live');
});

test('204 at once says that the process stops: again after a pause', async () => {
  const { browser, tab } = await open();
  tab.request('/poll').answer(204);
  await settle();
  assert.equal(tab.state.state, 'waiting');
  assert.equal(tab.fetches.length, 1);
  await browser.advance(1_000);
  assert.equal(tab.fetches.length, 2);
});

test('an answer without a picture is not asked for again at once', async () => {
  const { browser, tab } = await open();
  tab.request('/poll').answer(200, { events: [{ event: 'presence', data: { viewers: 2 } }] });
  await browser.advance(900);
  assert.equal(tab.fetches.length, 1);
  await browser.advance(200);
  assert.equal(tab.fetches.length, 2);
  assert.deepEqual(tab.states, ['connecting', 'live']);
});

test('an answer with old pictures only is not asked for again at once', async () => {
  const { browser, tab } = await open({ lastEventId: 'c' });
  tab.request('/poll').answer(200, { events: [picture('b')] });
  await browser.advance(900);
  assert.equal(tab.fetches.length, 1);
  await browser.advance(200);
  assert.equal(tab.fetches.length, 2);
  assert.deepEqual(tab.pictures, []);
});

test('errors and nonsense are tried again with back-off', async () => {
  const answers = {
    403: (poll) => poll.answer(403),
    404: (poll) => poll.answer(404, '<p>not found'),
    500: (poll) => poll.answer(500),
    'no network': (poll) => poll.fail(),
    'not JSON': (poll) => poll.answer(200, '<html>'),
    'other JSON': (poll) => poll.answer(200, '[]'),
  };
  for (const [name, answer] of Object.entries(answers)) {
    const { browser, tab } = await open();
    answer(tab.request('/poll'));
    await settle();
    assert.equal(tab.state.state, 'waiting', name);
    await browser.advance(1_000);
    assert.equal(tab.fetches.length, 2, name);
  }
});

test('Retry-After is honoured, in seconds and as a date, spread a little, within reason', async () => {
  const cases = [
    ['7', 7_000],
    [() => new Date(1_700_000_000_000 + 60_000).toUTCString(), 60_000],
    ['0', 1_000],
    ['soon', 1_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 1_000],
    ['86400', 300_000],
  ];
  for (const [header, wait] of cases) {
    const value = typeof header === 'string' ? header : header();
    const { browser, tab } = await open();
    tab.request('/poll').answer(503, '', { 'Retry-After': value });
    await settle();
    assert.equal(tab.state.retryIn, wait, value);
  }
  const { browser, tab } = await open();
  browser.random = 0.5;
  tab.request('/poll').answer(429, '', { 'Retry-After': '10' });
  await settle();
  assert.equal(tab.state.retryIn, 11_000);
});

test('a poll that never ends is given up after some more than its 25 s', async () => {
  const { browser, tab } = await open();
  const [first] = polls(tab);
  await browser.advance(29_000);
  assert.ok(!first.signal.aborted);
  await browser.advance(3_000);
  assert.ok(first.signal.aborted);
  assert.equal(polls(tab).length, 2);
  assert.equal(tab.streams, 1);
  tab.request('/poll').answer(200, { events: [picture('a')] });
  await browser.advance(36_000);
  assert.equal(polls(tab).length, 3, 'one that follows another has more time');
  await browser.advance(3_000);
  assert.equal(polls(tab).length, 4);
});

test('bye and reset in a poll', async () => {
  const { browser, tab } = await open({ lastEventId: 'x' });
  tab.request('/poll').answer(200, { events: [{ event: 'reset', data: {} }, picture('b')] });
  await settle();
  assert.deepEqual(tab.told.map(([name]) => name), ['state', 'state', 'reset', 'picture']);
  tab.request('/poll').answer(200, { events: [{ event: 'bye', data: { retry: 2_000 } }] });
  await settle();
  assert.equal(tab.state.retryIn, 2_000);
  assert.equal(tab.streams, 0);
});

test('close ends the request', async () => {
  const { browser, tab } = await open();
  tab.connection.close();
  await browser.advance(100_000);
  assert.ok(tab.fetches[0].signal.aborted);
  assert.equal(tab.fetches.length, 1);
  assert.equal(browser.timers.length, 0);
});

test('a poll goes on from a removal, and the next asks no more for it', async () => {
  const { tab } = await open({ lastEventId: 'a' });
  tab.request('/poll').answer(200, { events: [{ id: 'c', event: 'removed', data: { id: 'a' } }] });
  await settle();
  assert.equal(tab.request('/poll').url, '/poll?frame=main&lastEventId=c');
  tab.request('/poll').answer(200, { events: [picture('d')] });
  await settle();
  assert.deepEqual(tab.pictures, ['d']);
});
