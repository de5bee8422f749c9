import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { longPoll } from '../js/lab/lanes.js';

const { fetch } = globalThis;
afterEach(() => { globalThis.fetch = fetch; });

test('a long poll goes on from the newest id, and from none after a reset', async () => {
  const asked = [];
  const answers = [
    [{ id: '2', event: 'picture', data: { url: '/2.svg' } }],
    [{ event: 'reset', data: {} }],
  ];
  const silent = new Promise((done) => {
    globalThis.fetch = async (/** @type {string} */ address) => {
      asked.push(new URL(address, 'http://frame.test').searchParams.get('lastEventId'));
      const events = answers.shift();
      if (!events) {
        done(undefined);
        return new Promise(() => {}); // nothing is new
      }
      return new Response(JSON.stringify({ events }));
    };
  });
  const pictures = [];
  const sink = { picture: ({ id }) => pictures.push(id), cost() {}, fail: assert.fail };
  const lane = longPoll({ lastId: '1' })('lab-1', sink);
  await silent;
  lane.stop();
  assert.deepEqual(asked, ['1', '2', '']);
  assert.deepEqual(pictures, ['2']);
});
