import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ask } from '../js/ask.js';
import { Queue } from '../js/queue.js';
import { span } from '../js/ticker.js';

const plain = (text) => text.replace(/[\u2068\u2069]/g, '');

test('a word on its way to the wall', () => {
  const ask = new Ask(' sea ', 0);
  const says = (now) => plain(ask.text(now));
  assert.equal(says(0), 'Looking for “sea” …');
  assert.equal(says(12_000), '“sea” waits for its turn.', 'no search takes that long');
  assert.ok(ask.stands({ keyword: 'sea', place: 3, at: 20_000 }));
  assert.equal(says(12_100), '“sea” is third in line, yours in about 8 s.');
  assert.ok(!ask.stands({ keyword: 'sea', place: 3, at: 20_500 }), 'only the seconds have changed');
  assert.ok(ask.stands({ keyword: 'sea', place: 1, at: 20_000 }));
  assert.equal(says(19_500), '“sea” is next, in about 1 s.');
  assert.equal(says(21_000), '“sea” is next.');
  assert.ok(!ask.counts(21_000));
  ask.again('Many words are waiting.', 30_000);
  assert.equal(says(22_000), 'Many words are waiting. “sea” is sent again in 8 s.');
  assert.ok(!ask.stands({ keyword: 'sea', place: 1, at: 30_000 }), 'the same word of somebody else');
  ask.begin(30_000);
  assert.equal(says(30_000), 'Looking for “sea” …');
  ask.fail('All is spent.', 33_000);
  assert.equal(says(31_000), 'All is spent. Again in 2 s.');
  assert.equal(says(34_000), 'All is spent. Press Enter to try again.');
  ask.state = 'late';
  assert.equal(says(35_000), '“sea” was sent to every screen. This one does not show it yet.', 'its file did not load here');
  assert.ok(!ask.pending && ask.kind === 'note');
});

test('who is next, and how many after that', () => {
  const queue = new Queue({});
  const says = (now) => plain(queue.text(now));
  assert.equal(says(0), '');
  queue.hear({ waiting: [{ keyword: 'lighthouse', in: 2500 }, { keyword: 'fox', in: 5500 }], more: 2 }, 1000);
  assert.equal(says(1000), 'Next in 3 s: “lighthouse”, then 3 more');
  assert.equal(says(9000), 'Next: “lighthouse”, then 3 more', 'it is late, or the stream is');
  queue.hear({ waiting: [{ keyword: 'fox', in: 100 }], more: 0 }, 9000);
  assert.equal(says(9000), 'Next in 1 s: “fox”');
});

test('of words that are alike one keeps its own', () => {
  const queue = new Queue({});
  queue.hear({ waiting: [{ keyword: 'fox', in: 1000 }, { keyword: 'owl', in: 4000 }, { keyword: 'fox', in: 7000 }], more: 0 }, 0);
  assert.equal(queue.find('fox').place, 3, 'the last, until it is known better');
  assert.equal(queue.find('fox', 1200).place, 1);
  assert.equal(queue.find('fox', 6900).place, 3);
  assert.equal(queue.find('cat'), undefined);
});

test('times that one counts down', () => {
  assert.deepEqual([1, 1001, 90_000, 90_001, 600_000].map(span), ['1 s', '2 s', '90 s', '2 min', '10 min']);
});
