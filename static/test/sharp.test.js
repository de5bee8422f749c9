import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting } from '../js/sharp.js';

const ladder = [1600, 2048, 3072, 4096].map((width) => ({ url: String(width), width }));

test('the smallest file with a pixel for each of the screen is chosen', () => {
  assert.equal(fitting(ladder, 1024, 1600), '1600');
  assert.equal(fitting(ladder, 1024, 1601), '2048');
  assert.equal(fitting(ladder, 1024, 3840), '4096');
  assert.equal(fitting(ladder, 1024, 7680), '4096', 'the widest where none is enough');
  assert.equal(fitting(ladder, 1600, 3840), '4096', 'from one step to another, as when a window grows');
});

test('what is there stays where no file is better, or hardly', () => {
  assert.equal(fitting(ladder, 1024, 800), '');
  assert.equal(fitting(ladder, 1024, 1130), '');
  assert.equal(fitting(ladder, 4096, 7680), '');
  assert.equal(fitting([], 1024, 3840), '');
  assert.equal(fitting(ladder, 1024, NaN), '', 'nothing is known of the screen');
});
