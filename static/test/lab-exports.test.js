import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Blocks } from '../js/lab/blocks.js';
import { FORMATS, read } from '../js/lab/exports.js';

const stream = ': picture frame\nretry: 2500\n\nid: 1\nevent: picture\ndata: {"keyword":"a, \\"b\\""}\n\nevent: prices\ndata: FRAME\ndata: 1.50\n\n';
const blocks = new Blocks().push(new TextEncoder().encode(stream));
const arrivals = blocks.map((block, i) => ({ block, at: i * 1234 }));

for (const [format, { write }] of Object.entries(FORMATS)) {
  test(`what is exported as ${format} can be replayed`, () => {
    assert.deepEqual(read(write(arrivals)), arrivals);
    assert.deepEqual(read(`\uFEFF${write(arrivals)}`), arrivals);
  });
}

test('an export as text is an event stream', () => {
  const heard = new Blocks().push(new TextEncoder().encode(FORMATS.text.write(arrivals))).filter(({ dispatched }) => dispatched);
  assert.deepEqual(heard, blocks.filter(({ dispatched }) => dispatched));
});

test('an export as CSV has a row for each block', () => {
  const [head, first] = FORMATS.csv.write(arrivals.slice(1)).split('\r\n');
  assert.equal(head, 'at_ms,size,event,id,retry_ms,data,raw');
  assert.match(first, /^1234,\d+,picture,1,,"\{""keyword"":""a, \\""b\\""""\}","id: 1\nevent: picture\n/);
});

test('an export as JSON has what a listener hears', () => {
  const { blocks: [comment, picture] } = JSON.parse(FORMATS.json.write(arrivals));
  assert.deepEqual([comment.event, comment.retry, comment.lines], [undefined, 2500, [': picture frame', 'retry: 2500']]);
  assert.deepEqual([picture.at, picture.event, picture.id, picture.data], [1234, 'picture', '1', '{"keyword":"a, \\"b\\""}']);
});

test('a file that is none is refused in words', () => {
  for (const file of ['', 'hello', '{}', '{"blocks":[{"at":1,"lines":[]}]}', '{"blocks":[{"at":-1,"lines":["data: 1"]}]}', '{"blocks":[7]}',
    'at_ms,size\r\n1,2\r\n', '{"blocks":[{"at":2,"lines":["data: 1"]},{"at":1,"lines":["data: 1"]}]}', '{']) {
    assert.throws(() => read(file), Error, file);
  }
});
