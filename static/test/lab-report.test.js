import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromFragment, makeReport, toFragment } from '../js/lab/report.js';

const report = makeReport('https://frame.example', new Date(0), 'A browser – 1', {
  stream: { kind: 'bad', text: 'Buffered.', advice: ['nginx: “proxy_buffering off”'], measurements: { arrived_after_ms: [4000, 4001] } },
});

test('a report is in its link, and comes out as it was', () => {
  assert.match(toFragment(report), /^#report=[\w-]+$/);
  assert.deepEqual(fromFragment(toFragment(report)), report);
});

test('what is no report of ours is none', () => {
  const other = (change) => toFragment({ ...report, ...change });
  for (const fragment of ['', '#report=', '#report=AAAA', '#network', other({ format: 'x' }), other({ checks: null }), `#report=${'A'.repeat(70_000)}`,
    other({ checks: { stream: { kind: '"><b>', text: '', advice: [] } } }), other({ checks: { stream: { kind: 'good', text: '', advice: 'x' } } })]) {
    assert.equal(fromFragment(fragment), null, fragment.slice(0, 60));
  }
});
