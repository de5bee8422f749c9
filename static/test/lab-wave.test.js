import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, scaleOf, within } from '../js/lab/wave-chart.js';
import { sum } from '../js/lab/wave.js';

test('a scale is a round number that nothing is above', () => {
  assert.deepEqual([[], [101], [250], [999], [1000], [5001]].map(scaleOf), [100, 200, 500, 1000, 1000, 10_000]);
});

test('receipts are counted by twentieths of the scale, and what is beyond it together', () => {
  const counts = columns([[0, 1, 2], [4, 5, 1], [5, 6, 3], [96, 100, 4], [100, 104, 5], [8192, 8704, 6]], 100);
  assert.deepEqual([counts.length, counts[0], counts[1], counts[19], counts[20]], [21, 3, 3, 4, 11]);
  assert.equal(columns([], 100).every((n) => n === 0), true);
});

test('a part of the receipts is within a time', () => {
  assert.deepEqual([within([[9, 10, 1], [3, 4, 19]], 0.95), within([[9, 10, 2], [3, 4, 19]], 0.95), within([], 0.95)], [4, 10, 0]);
});

test('screens are receipts by sample, and never more than there are', () => {
  assert.deepEqual([[37, 1, 38], [40, 0.2, 1000], [210, 0.2, 1000], [3, 1, 2]].map(([receipts, sample, of]) => sum({ receipts, sample, of })),
    ['37 ÷ 1 = 37 of 38', '40 ÷ 0.2 = 200 of 1,000', '210 ÷ 0.2 = 1,000 of 1,000', '3 ÷ 1 = 3 of 3']);
});
