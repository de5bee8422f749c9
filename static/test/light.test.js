import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, inkFor, luminance, NONE } from '../js/light.js';

const near = (/** @type {number} */ got, /** @type {number} */ want, within = 0.005) => assert.ok(Math.abs(got - want) < within, `got ${got}, want ${want}`);

/** A place whose pixels are given by their number. @param {(i: number) => number[]} pixel */
const place = (pixel) => new Uint8ClampedArray(Array.from({ length: 1000 }, (_, i) => [...pixel(i), 255]).flat());
const grey = (/** @type {number} */ value) => [value, value, value];

test('luminance and contrast are those of WCAG', () => {
  near(luminance(255, 255, 255), 1);
  near(luminance(0, 0, 0), 0);
  near(luminance(255, 0, 0), 0.2126);
  near(contrast(1, 0), 21);
  near(contrast(luminance(119, 119, 119), 1), 4.48, 0.01); // #777 on white, just short of AA
});

test('words are dark on bright places, light on dark ones, and bare on both', () => {
  assert.deepEqual(inkFor(place(() => grey(255))), { ...NONE, dark: true });
  assert.deepEqual(inkFor(place(() => grey(0))), NONE);
});

test('what lies between gets a halo, and no depth as long as it is calm', () => {
  const { dark, halo, depth } = inkFor(place(() => grey(110)));
  assert.ok(halo > 0 && halo < 1, `halo ${halo}`);
  assert.deepEqual([dark, depth], [false, 0]);
});

test('a texture gets depth, though its mean is dark', () => {
  const { dark, halo, depth } = inkFor(place((i) => grey(i % 20 ? 10 : 255)));
  assert.ok(!dark && halo === 1 && depth > 0.1, `${dark} ${halo} ${depth}`);
});

test('a calm part beside another is no texture', () => {
  const { halo, depth } = inkFor(place((i) => grey(i < 500 ? 10 : 160)));
  assert.ok(halo > 0.5 && depth < 0.2, `${halo} ${depth}`);
});

test('a speck is no texture', () => {
  assert.deepEqual(inkFor(place((i) => grey(i === 500 ? 255 : 0))).halo, 0);
});
