import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SILENT_MS, SPAN_MS, Timeline } from '../js/lab/lane.js';
import { arrange } from '../js/lab/way.js';

test('an open connection that says nothing is silent since its last word', () => {
  const line = new Timeline();
  line.enter('live', 0);
  line.hear(1000);
  line.tick(1000 + SILENT_MS);
  assert.equal(line.mode, 'live');
  line.tick(1001 + SILENT_MS);
  assert.deepEqual(line.spans(5000), [{ mode: 'live', from: 0, to: 1000 }, { mode: 'silent', from: 1000, to: 5000 }]);
  line.hear(6000);
  assert.equal(line.mode, 'live');
});

test('what was hung while it was down is missed, and then caught up', () => {
  const line = new Timeline();
  line.enter('live', 0);
  line.came('/0', 'first', 10);
  line.enter('lost', 100);
  line.hung('/1', 'harbour', 200);
  assert.equal(line.sum, '1 at once, 1 not here');
  line.enter('live', 500);
  line.came('/1', 'harbour', 510);
  assert.equal(line.sum, '1 at once, 1 missed and caught up');
});

test('what was hung while nobody knew that it was silent is late', () => {
  const line = new Timeline();
  line.enter('live', 0);
  line.hung('/1', 'harbour', 200);
  line.came('/1', 'harbour', 9000);
  line.came('/2', 'reef', 9000);
  line.hung('/2', 'reef', 8990); // the answer to the POST came later
  assert.equal(line.sum, '1 at once, 1 missed and caught up');
});

test('a lane shows its last seconds and forgets the others', () => {
  const line = new Timeline();
  for (let at = 0; at < 10 * SPAN_MS; at += 1000) line.enter(at % 2000 ? 'lost' : 'live', at);
  line.tick(10 * SPAN_MS);
  const spans = line.spans(10 * SPAN_MS);
  assert.equal(spans[0].from, 9 * SPAN_MS);
  assert.equal(spans.length, SPAN_MS / 1000);
});

test('screens are drawn within their field, none over another', () => {
  for (let n = 0; n <= 24; n++) {
    const places = arrange(n);
    assert.equal(places.length, n);
    places.forEach(({ x, y, width, height }, i) => {
      assert.ok(x - width / 2 >= 240 && x + width / 2 <= 795 && y >= 240 && y + height <= 395, `${n}: ${i}`);
      for (const other of places.slice(0, i)) {
        assert.ok(Math.abs(other.x - x) >= width || Math.abs(other.y - y) >= height, `${n}: ${i}`);
      }
    });
  }
});
