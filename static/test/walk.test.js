import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Walk } from '../js/walk.js';

const picture = (/** @type {string} */ id) => ({ id, url: `/album/${id}.svg`, keyword: id });

/** A walk over a server whose answers come when the test says so. */
function setUp() {
  const shown = [];
  const answers = [];
  globalThis.fetch = () => new Promise((resolve) => {
    answers.push((...ids) => resolve({ ok: true, json: async () => ({ pictures: ids.map(picture) }) }));
  });
  const show = (/** @type {{keyword: string}} */ wanted) => shown.push(wanted.keyword);
  const walk = new Walk({ show, follow: show }, { frame: 'main', welcome: '/w.svg' });
  return { walk, shown, answers, ids: () => walk.cursor.pictures.map(({ id }) => id) };
}

const { fetch } = globalThis;
afterEach(() => { globalThis.fetch = fetch; });

test('going back fetches the history, once for all who want it', async () => {
  const { walk, shown, answers, ids } = setUp();
  walk.arrive(picture('c'), { isNew: true, live: true });
  const moves = [walk.back(), walk.back()];
  assert.equal(answers.length, 1);
  answers[0]('c', 'b', 'a');
  await Promise.all(moves);
  assert.deepEqual(ids(), ['a', 'b', 'c']);
  assert.deepEqual(shown, ['c', 'b', 'a']);
});

test('a history that was asked for before a reset is not taken for what is kept after it', async () => {
  const { walk, answers, ids } = setUp();
  walk.arrive(picture('old'), { isNew: true, live: true });
  const before = walk.need();
  walk.reset(false);
  walk.arrive(picture('new'), { isNew: true, live: true });
  const after = walk.need();
  assert.equal(answers.length, 2, 'it is asked for again');
  answers[0]('old', 'older');
  await before;
  assert.deepEqual(ids(), ['new']);
  walk.need();
  assert.equal(answers.length, 2, 'the second question still waits for its answer');
  answers[1]('new');
  await after;
  assert.deepEqual(ids(), ['new']);
  await walk.need();
  assert.equal(answers.length, 2);
});
