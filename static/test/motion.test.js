import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Motion } from '../js/motion.js';

/** What a machine does with each level, in frames a second, and where the zoom ends. */
const machines = {
  'a graphics processor': [{ '': 60, steps: 60, stop: 60 }, ''],
  'a screen of 30 Hz': [{ '': 30, steps: 30, stop: 30 }, ''],
  'busy with something else': [{ '': 9, steps: 10, stop: 11 }, ''],
  'draws by itself': [{ '': 20, steps: 58, stop: 60 }, 'steps'],
  'draws by itself, on a screen of 30 Hz': [{ '': 12, steps: 30, stop: 30 }, 'steps'],
  'too weak for any': [{ '': 4, steps: 30, stop: 60 }, 'stop'],
};

for (const [name, [frames, want]] of Object.entries(machines)) {
  test(`the zoom on a machine: ${name}`, async () => {
    let level = '';
    const motion = new Motion((to) => { level = to; }, async () => frames[level]);
    for (let pictures = 0; pictures < 3; pictures++) {
      await motion.look(() => true);
      assert.equal(level, want);
    }
  });
}

test('one late moment does not count', async () => {
  let level = '';
  const rates = [10, 60, 60];
  await new Motion((to) => { level = to; }, async () => rates.shift() ?? 60).look(() => true);
  assert.equal(level, '');
});

test('what is measured while the next picture comes does not count', async () => {
  let level = '';
  let measured = 0;
  const motion = new Motion((to) => { level = to; }, async () => (measured++, level ? 60 : 10));
  await motion.look(() => measured < 2);
  assert.equal(level, '');
  assert.equal(measured, 3);
});
