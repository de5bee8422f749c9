import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Blocks, field } from '../js/lab/blocks.js';
import { lines } from '../js/lab/lanes.js';

const encoder = new TextEncoder();

/** Parses a stream that arrives in the given pieces. */
function parse(...pieces) {
  const blocks = new Blocks();
  return pieces.flatMap((piece) => blocks.push(typeof piece === 'string' ? encoder.encode(piece) : piece));
}

test('a block keeps its lines and its size', () => {
  const stream = 'id: 7\nevent: picture\nretry: 2500\ndata: {"a":1}\n\n';
  assert.deepEqual(parse(stream), [{
    lines: ['id: 7', 'event: picture', 'retry: 2500', 'data: {"a":1}'],
    size: stream.length, event: 'picture', id: '7', data: '{"a":1}', retry: 2500, dispatched: true,
  }]);
});

test('however it is cut into pieces, it means the same', () => {
  const stream = ': hi\n\ndata: é€😀\r\ndata:  two\rid\n\r\nevent:x\ndata\n\n';
  const whole = parse(stream);
  assert.deepEqual(whole.map(({ data, event, id, dispatched }) => ({ data, event, id, dispatched })), [
    { data: '', event: 'message', id: undefined, dispatched: false },
    { data: 'é€😀\n two', event: 'message', id: '', dispatched: true },
    { data: '', event: 'x', id: undefined, dispatched: true },
  ]);
  const bytes = encoder.encode(stream);
  for (let at = 1; at < bytes.length; at++) {
    const cut = parse(bytes.slice(0, at), bytes.slice(at));
    assert.deepEqual(cut, whole, `cut at ${at}`);
  }
  assert.deepEqual(parse(...Array.from(bytes, (byte) => new Uint8Array([byte]))), whole);
});

test('the sizes add up to what has come', () => {
  const stream = 'data: 1\n\n: ping\n\ndata: 22\n\n';
  assert.equal(parse(stream).reduce((sum, { size }) => sum + size, 0), stream.length);
});

test('what is not complete is pending, and no block', () => {
  const blocks = new Blocks();
  assert.deepEqual(blocks.push(encoder.encode('data: half\n')), []);
  assert.equal(blocks.pending, 11);
  assert.equal(blocks.push(encoder.encode('\n')).length, 1);
  assert.equal(blocks.pending, 0);
});

test('what the standard says to ignore is ignored', () => {
  const [block] = parse('\uFEFFretry: soon\nid: a\0b\nunknown: x\nevent:\ndata: d\n\n');
  assert.deepEqual([block.retry, block.id, block.event, block.data], [undefined, undefined, 'message', 'd']);
});

test('a field loses one space after its colon', () => {
  assert.deepEqual(field('data:  x: y'), { name: 'data', value: ' x: y' });
  assert.deepEqual(field(': comment'), { name: '', value: 'comment' });
  assert.deepEqual(field('data'), { name: 'data', value: '' });
});

test('lines are taken once they are complete', () => {
  const taken = [];
  const take = (line) => taken.push(new TextDecoder().decode(line));
  const rest = lines(encoder.encode('{"a":1}\n{"b"'), take);
  assert.deepEqual(taken, ['{"a":1}']);
  assert.equal(new TextDecoder().decode(rest), '{"b"');
});
