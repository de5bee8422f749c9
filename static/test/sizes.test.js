import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempts } from '../js/images.js';
import { Sizes, smaller } from '../js/sizes.js';

const base = 'https://live.staticflickr.com/65535/50398032413_33a29a0f3c';
const sized = (...suffixes) => suffixes.map((suffix) => `${base}${suffix}.jpg`);

test('from each size the smaller ones with the same secret follow', () => {
  assert.deepEqual(smaller(`${base}_b.jpg`), sized('_b', '_c', '_z', '', '_n', '_m'));
  assert.deepEqual(smaller(`${base}_z.jpg`), sized('_z', '', '_n', '_m'));
  assert.deepEqual(smaller(`${base}.jpg`), sized('', '_n', '_m'));
  assert.deepEqual(smaller(`${base}_w.jpg`), sized('_w', '_n', '_m'));
  assert.deepEqual(smaller(`${base}_m.jpg`), sized('_m'));
  const farm = 'https://farm8.staticflickr.com/7001/6712345678_0a1b2c3d4e';
  assert.deepEqual(smaller(`${farm}_b.jpg`).slice(0, 2), [`${farm}_b.jpg`, `${farm}_c.jpg`]);
});

test('nothing is guessed from sizes with a secret of their own, nor elsewhere', () => {
  for (const url of [
    `${base}_h.jpg`, `${base}_k.jpg`, `${base}_o.png`, `${base}_o.jpg`, '/album/wvs-dwn-0000000.svg', '',
    'https://live.staticflickr.com.example/1/2_3_b.jpg', 'https://example.com/1/2_3_b.jpg', 'http://live.staticflickr.com/1/2_3_b.jpg',
  ]) assert.deepEqual(smaller(url), [url]);
});

test('the size that worked is where a photo begins from then on', () => {
  const sizes = new Sizes();
  assert.deepEqual(sizes.candidates(`${base}_b.jpg`), sized('_b', '_c', '_z', '', '_n', '_m'));
  sizes.worked(`${base}_z.jpg`);
  assert.deepEqual(sizes.candidates(`${base}_b.jpg`), sized('_z', '', '_n', '_m'));
  sizes.worked(`${base}.jpg`);
  assert.deepEqual(sizes.candidates(`${base}_b.jpg`), sized('', '_n', '_m'));
  const other = 'https://live.staticflickr.com/65535/1_a_b.jpg';
  assert.equal(sizes.candidates(other)[0], other);
});

test('as many photos are remembered as are needed, and no more', () => {
  const sizes = new Sizes();
  const photo = (/** @type {number} */ n) => `https://live.staticflickr.com/65535/${n}_a`;
  for (let n = 0; n <= 200; n++) sizes.worked(`${photo(n)}_z.jpg`);
  assert.equal(sizes.candidates(`${photo(200)}_b.jpg`)[0], `${photo(200)}_z.jpg`);
  assert.equal(sizes.candidates(`${photo(0)}_b.jpg`)[0], `${photo(0)}_b.jpg`);
});

test('a small copy is tried in the small sizes first, then as the picture is', () => {
  const sizes = new Sizes();
  assert.deepEqual(sizes.thumbnails(`${base}_b.jpg`), sized('_n', '_m', '_b', '_c', '_z', ''));
  sizes.worked(`${base}.jpg`);
  assert.deepEqual(sizes.thumbnails(`${base}_b.jpg`), sized('_n', '_m', ''));
  assert.deepEqual(sizes.thumbnails(`${base}_h.jpg`), sized('_h'));
  assert.deepEqual(sizes.thumbnails('/album/wvs-dwn-0000000.svg'), ['/album/wvs-dwn-0000000.svg']);
});

test('pixels are asked for as long as their server has not refused them', () => {
  const tried = (/** @type {any} */ leave) => attempts(['b', 'c'], leave).map(({ url, cors }) => url + (cors ? '+' : '-')).join(' ');
  assert.equal(tried(undefined), 'b+ b- c+ c-');
  assert.equal(tried('refused'), 'b- c-');
  assert.equal(tried('granted'), 'b+ c+ b-');
  assert.deepEqual(attempts([], 'granted'), []);
});
