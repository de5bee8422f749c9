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
  /** @type {{show: any, follow: any, remove(id: string): boolean, shown: any}} */
  const stage = { show, follow: show, remove: (id) => stage.shown?.id === id, shown: null };
  const walk = new Walk(stage, { frame: 'main', welcome: '/w.svg' });
  return { walk, stage, shown, answers, ids: () => walk.cursor.pictures.map(({ id }) => id) };
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

test('a picture that is taken off while it hangs gives way to the one before', async () => {
  const { walk, stage, shown, answers, ids } = setUp();
  walk.arrive(picture('a'), { isNew: true, live: true });
  walk.arrive(picture('b'), { isNew: true, live: true });
  stage.shown = picture('b');
  await walk.remove('b');
  assert.deepEqual(ids(), ['a']);
  assert.deepEqual(shown, ['a', 'b', 'a']);
  stage.shown = picture('a');
  const last = walk.remove('a'); // the page knows of no other
  answers[0]('b', 'z', 'y'); // an answer of another process may still have it
  await last;
  assert.deepEqual(shown.slice(3), ['z']);
  assert.deepEqual(ids(), ['y', 'z']);
});

test('the last picture that is taken off gives way to the drawing that welcomes', async () => {
  const { walk, stage, shown, answers } = setUp();
  walk.arrive(picture('a'), { isNew: true, live: true });
  stage.shown = picture('a');
  const done = walk.remove('a');
  answers[0]();
  await done;
  assert.deepEqual(shown, ['a', '']);
});

test('one that hangs nowhere leaves only the history, and does not come back', async () => {
  const { walk, stage, shown, ids } = setUp();
  for (const id of ['a', 'b', 'c']) walk.arrive(picture(id), { isNew: true, live: true });
  stage.shown = picture('c');
  await walk.remove('a');
  walk.arrive(picture('a'), { isNew: true, live: false });
  assert.deepEqual(ids(), ['b', 'c']);
  assert.deepEqual(shown, ['a', 'b', 'c']);
});
