import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cursor, KEPT } from '../js/cursor.js';

const picture = (/** @type {number|string} */ id) => ({ id: String(id), url: `/album/${id}.svg`, keyword: `word ${id}` });
const ids = (/** @type {Cursor} */ cursor) => cursor.pictures.map(({ id }) => id);

function cursorWith(count) {
  const cursor = new Cursor();
  for (let id = 1; id <= count; id++) cursor.add(picture(id));
  return cursor;
}

test('an empty cursor is live and shows nothing', () => {
  const cursor = new Cursor();
  cursor.back();
  cursor.forward();
  cursor.pause();
  assert.equal(cursor.current, undefined);
  assert.equal(cursor.live, true);
  assert.equal(cursor.canGoBack, false);
});

test('live, each new picture is the one to show', () => {
  const cursor = cursorWith(1);
  assert.equal(cursor.add(picture(2)), true);
  assert.equal(cursor.current?.id, '2');
});

test('a picture that is known already is ignored', () => {
  const cursor = cursorWith(2);
  assert.equal(cursor.add(picture(1)), false);
  assert.deepEqual(ids(cursor), ['1', '2']);
});

test('pinned, it stays while new pictures arrive and are counted', () => {
  const cursor = cursorWith(3);
  cursor.back();
  assert.equal(cursor.current?.id, '2');
  assert.equal(cursor.add(picture(4)), false);
  assert.equal(cursor.add(picture(5), false), false);
  assert.equal(cursor.current?.id, '2');
  assert.equal(cursor.unseen, 1);
  cursor.goLive();
  assert.equal(cursor.current?.id, '5');
  assert.equal(cursor.unseen, 0);
});

test('back stops at the oldest, forward ends by being live', () => {
  const cursor = cursorWith(3);
  cursor.back();
  cursor.back();
  cursor.back();
  assert.equal(cursor.current?.id, '1');
  assert.equal(cursor.canGoBack, false);
  cursor.forward();
  assert.equal(cursor.live, false);
  cursor.forward();
  assert.equal(cursor.live, true);
  assert.equal(cursor.current?.id, '3');
});

test('paused on the newest, it stays there', () => {
  const cursor = cursorWith(2);
  cursor.pause();
  cursor.add(picture(3));
  assert.equal(cursor.current?.id, '2');
  cursor.forward();
  assert.equal(cursor.current?.id, '3');
});

test('the history goes before what arrived since the page was opened', () => {
  const cursor = new Cursor();
  cursor.add(picture(8));
  cursor.add(picture(9));
  cursor.merge([picture(8), picture(7), picture(6)]);
  assert.deepEqual(ids(cursor), ['6', '7', '8', '9']);
});

test('what the server no longer keeps is forgotten with the merge', () => {
  const cursor = cursorWith(4);
  cursor.merge([picture(4), picture(3)]);
  assert.deepEqual(ids(cursor), ['3', '4']);
});

test('it keeps as many pictures as the server, however many come', () => {
  const cursor = cursorWith(10_000);
  assert.equal(cursor.pictures.length, KEPT);
  assert.equal(cursor.pictures[0]?.id, String(10_000 - KEPT + 1));
});

test('a pinned picture outlives the history, and the way from it leads to the oldest', () => {
  const cursor = cursorWith(1);
  cursor.pause();
  for (let id = 2; id <= KEPT + 5; id++) cursor.add(picture(id));
  assert.equal(cursor.current?.id, '1');
  assert.equal(cursor.canGoBack, false);
  cursor.back();
  assert.equal(cursor.current?.id, '1');
  cursor.forward();
  assert.equal(cursor.current?.id, '6');
});

test('after a reset it is live and empty', () => {
  const cursor = cursorWith(3);
  cursor.back();
  cursor.clear();
  assert.equal(cursor.live, true);
  assert.equal(cursor.current, undefined);
});

test('a picture that is taken off is forgotten, and who stays on it goes live', () => {
  const cursor = cursorWith(4);
  cursor.pin(picture(2));
  cursor.add(picture(5));
  cursor.add(picture(6));
  assert.equal(cursor.unseen, 2);
  cursor.remove('6');
  cursor.remove('1');
  cursor.remove('nothing');
  assert.equal(cursor.unseen, 1);
  assert.equal(cursor.current?.id, '2');
  cursor.remove('2');
  assert.equal(cursor.live, true);
  assert.equal(cursor.current?.id, '5');
  cursor.merge([picture(5), picture(2), picture(1)]);
  assert.deepEqual(ids(cursor), ['5']);
});
