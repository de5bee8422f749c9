import assert from 'node:assert/strict';
import { test } from 'node:test';

import { FakeBrowser, settle } from './fakes.js';

/** How an event comes down each transport. */
const SAYS = {
  sse: (tab, event, id, data) => tab.source.say(event, data, id),
  ws: (tab, event, id, data) => tab.socket.say(event, data, id),
  poll: (tab, event, id, data) => tab.request('/poll').answer(200, { events: [{ id, event, data }] }),
};
const picture = (id) => ({ url: `/${id}`, keyword: id });

/** Two tabs over one transport, and what says something to the first. */
async function open(transport, options = {}) {
  const browser = new FakeBrowser();
  const leader = browser.tab({ transport, ...options });
  await settle();
  const follower = browser.tab({ transport, ...options });
  await settle();
  const say = async (event, id, data = picture(id)) => {
    SAYS[transport](leader, event, id, data);
    await browser.advance(1_000); // until the next poll
  };
  return { browser, leader, follower, say };
}

for (const transport of Object.keys(SAYS)) {
  test(`${transport}: a picture older than the newest is not shown, unless a reset came`, async () => {
    const { leader, follower, say } = await open(transport, { lastEventId: 'c' });
    for (const id of ['b', 'd', 'a', 'f', 'e', 'f']) await say('picture', id);
    for (const tab of [leader, follower]) assert.deepEqual(tab.pictures, ['d', 'f']);
    assert.equal(leader.connection.lastEventId, 'f');
    await say('reset', '', {});
    await say('picture', 'b');
    for (const tab of [leader, follower]) assert.deepEqual(tab.pictures, ['d', 'f', 'b']);
    assert.equal(leader.connection.lastEventId, 'b');
  });
}

for (const transport of ['sse', 'ws']) {
  test(`${transport}: a stream that begins with an id and no picture resumes from there`, async () => {
    const { browser, leader, follower, say } = await open(transport);
    await say('presence', 'c', { viewers: 1 });
    assert.equal(leader.connection.lastEventId, 'c');
    assert.equal(follower.connection.lastEventId, 'c');
    assert.deepEqual(leader.pictures, []);
    SAYS[transport](leader, 'presence', transport === 'sse' ? 'c' : undefined, { viewers: 2 });
    const late = browser.tab({ transport });
    await settle();
    assert.equal(late.connection.lastEventId, 'c');
    assert.equal(late.fetches.length, 0);
    await say('picture', 'd');
    for (const tab of [leader, follower, late]) assert.deepEqual(tab.pictures, ['d']);
  });

  test(`${transport}: an id beside the picture that has it takes nothing away`, async () => {
    const { leader, say } = await open(transport);
    await say('presence', 'c', { viewers: 1 });
    await say('picture', 'c');
    assert.deepEqual(leader.pictures, ['c']);
  });

  test(`${transport}: presence with the id that is known is told`, async () => {
    const { leader, say } = await open(transport, { lastEventId: 'c' });
    await say('presence', 'c', { viewers: 7 });
    assert.deepEqual(leader.told.at(-1), ['presence', { id: 'c', data: { viewers: 7 }, live: false }]);
  });
}

test('sse: after a reset the id that the browser repeats is none', async () => {
  const { leader, say } = await open('sse');
  await say('picture', 'c');
  await say('reset', 'c', {});
  assert.equal(leader.connection.lastEventId, '');
  await say('presence', 'c', { viewers: 1 });
  assert.equal(leader.connection.lastEventId, '');
  await say('presence', 'd', { viewers: 1 });
  assert.equal(leader.connection.lastEventId, 'd');
});
