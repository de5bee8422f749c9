import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brightest, contrast, luminance, scrimFor, scrims, STRONGEST, TARGET } from '../js/light.js';

const near = (got, want, within = 0.005) => assert.ok(Math.abs(got - want) < within, `got ${got}, want ${want}`);

test('luminance and contrast are those of WCAG', () => {
  near(luminance(255, 255, 255), 1);
  near(luminance(0, 0, 0), 0);
  near(luminance(255, 0, 0), 0.2126);
  near(contrast(1, 0), 21);
  near(contrast(luminance(119, 119, 119), 1), 4.48, 0.01); // #777 on white, just short of AA
});

test('white on any grey has the target contrast behind its scrim', () => {
  for (let grey = 0; grey <= 255; grey++) {
    const alpha = scrimFor(luminance(grey, grey, grey));
    const shade = grey * (1 - alpha);
    const got = contrast(1, luminance(shade, shade, shade));
    assert.ok(got >= TARGET - 0.01, `grey ${grey}: ${got}`);
  }
});

test('the softest words keep 4.5:1 on white behind the strongest scrim', () => {
  // --ink-soft, as the style sheet has it.
  const soft = luminance(240, 235, 225);
  const behind = 255 * (1 - STRONGEST);
  assert.ok(contrast(soft, luminance(behind, behind, behind)) >= 4.5);
});

test('a dark photo hardly gets a scrim, a white one the strongest', () => {
  assert.ok(scrimFor(0.01) <= 0.1);
  near(scrimFor(1), STRONGEST, 0.08);
});

test('the brightest pixel of some rows', () => {
  const data = new Uint8ClampedArray(2 * 4 * 4);
  data.set([255, 255, 255, 255], 4); // the first of four rows
  data.set([100, 100, 100, 255], 3 * 8); // the last
  const image = { data, width: 2, height: 4 };
  near(brightest(image, 0, 0.25), 1);
  near(brightest(image, 0.25, 1), luminance(100, 100, 100));
  near(brightest(image, 0.25, 0.75), 0);
});

test('a canvas that may not be read gets the scrims that suit any photo', () => {
  const context = { canvas: { width: 4, height: 4 }, getImageData() { throw new DOMException('tainted', 'SecurityError'); } };
  assert.deepEqual(scrims(context, false), { top: STRONGEST, bottom: STRONGEST });
});
