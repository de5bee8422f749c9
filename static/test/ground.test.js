import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseFit, whole } from '../js/ground.js';

const size = (/** @type {number} */ width, /** @type {number} */ height) => ({ width, height });
const wall = size(1920, 1080);

test('a tiny picture is not blown up to the size of the wall', () => {
  assert.equal(chooseFit(size(240, 160), wall, ''), 'contain');
  assert.deepEqual(whole(size(240, 160), wall, 1), size(840, 560));
  assert.equal(chooseFit(size(500, 333), wall, ''), 'cover');
  assert.equal(chooseFit(size(500, 333), size(1920, 1080), '', 2), 'contain', 'what counts are the screen\'s own pixels');
  assert.deepEqual(whole(size(500, 333), wall, 2), size(875, 582.75));
  assert.deepEqual(whole(size(240, 160), size(3840, 2160), 1), size(1296, 864), 'nor lost on a large one');
  assert.deepEqual(whole(size(1024, 256), wall, 1), size(1920, 480), 'any other takes the room there is');
});
