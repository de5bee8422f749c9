import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contain, quote } from '../js/dom.js';
import { chooseFit, visiblePart } from '../js/ground.js';
import { simpler } from '../js/simpler.js';
import { describe } from '../js/picture.js';
import { recentWords } from '../js/recent.js';

test('of several words the last is the simpler one', () => {
  assert.equal(simpler('very small porcupine', 0), 'porcupine');
  assert.equal(simpler('porcupine 99', 0), 'porcupine', 'but not a number');
});

test('for one word another is suggested, never the same', () => {
  for (const random of [0, 0.3, 0.6, 0.999]) assert.notEqual(simpler('Harbour', random).toLowerCase(), 'harbour');
});

test('a picture in words', () => {
  assert.equal(describe({ url: '/', keyword: 'sushi' }), 'sushi');
  assert.equal(describe({ url: '/', keyword: 'sushi', title: 'Lunch', owner: 'Ann' }), 'sushi: Lunch by Ann');
  assert.equal(describe({ url: '/', keyword: '' }), 'A drawn landscape');
});

// What turns the letters round ends with the text that brought it: an end of its own would leave the isolate open.
test('a text that turns letters round turns no others', () => {
  assert.equal(describe({ url: '/', keyword: '\u202Egnp', title: '\u2069\u202D1', owner: '\u2066Ann' }), '\u2068\u202Egnp\u2069: \u2068\u202D1\u2069 by \u2068Ann\u2069');
  assert.equal(quote('\u2068\u2069\u2069\u202Egnp'), '“\u2068\u202Egnp\u2069”');
  assert.equal(contain('קטה \u200F'), 'קטה \u200F');
});

const wide = { width: 1920, height: 1080 };
const tall = { width: 390, height: 844 };

test('shapes that are alike cover, others are shown whole, and a wish decides', () => {
  assert.equal(chooseFit({ width: 1024, height: 683 }, wide, ''), 'cover');
  assert.equal(chooseFit({ width: 683, height: 1024 }, wide, ''), 'contain');
  assert.equal(chooseFit({ width: 1024, height: 683 }, tall, ''), 'contain');
  assert.equal(chooseFit({ width: 1024, height: 683 }, tall, 'cover'), 'cover');
  assert.equal(chooseFit({ width: 1024, height: 683 }, wide, 'contain'), 'contain');
  assert.equal(chooseFit({ width: 0, height: 0 }, wide, ''), 'cover');
});

test('what stays visible of a picture that covers the screen', () => {
  assert.deepEqual(visiblePart({ width: 200, height: 100 }, { width: 100, height: 100 }), { x: 50, y: 0, width: 100, height: 100 });
});

test('the words to tap are the last ones, each once', () => {
  const pictures = ['sea', 'Fern', 'owl', 'fern', '', 'sky', 'sea'].map((keyword) => ({ url: '/', keyword }));
  assert.deepEqual(recentWords(pictures, pictures.at(-1)), ['sky', 'fern', 'owl']);
  assert.deepEqual(recentWords(pictures, undefined), ['sea', 'sky', 'fern', 'owl']);
  assert.equal(recentWords(Array.from('abcdefghijk', (keyword) => ({ url: '/', keyword })), undefined).length, 6);
  assert.deepEqual(recentWords([], undefined), []);
});
