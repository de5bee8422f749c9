import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Turns } from '../js/turns.js';
import { settle } from './fakes.js';

const FADE = 1100;

/**
 * A screen whose pictures take some time to load and to fade in, for a minute
 * in which a new word comes every so often.
 */
async function flood({ every, load, fade, words = Math.floor(60_000 / every) }) {
  let now = 0;
  const timers = [];
  const after = (ms, act) => timers.push({ at: now + ms, act });
  const shown = [];
  const ended = [];
  const browser = {
    setTimeout: (act, ms) => { after(ms, act); return timers.length; },
    clearTimeout: (id) => { if (id) timers[id - 1].act = () => {}; },
    Math: { random: () => 0.5 },
  };
  const wait = (ms, value) => new Promise((done) => after(ms, () => done(value)));
  const turns = new Turns(browser, {
    mayLoad: () => true,
    load: (url, _, signal) => {
      signal.addEventListener('abort', () => { if (!ended.includes(url)) assert.fail(`${url} was given up`); });
      return wait(load, {}).then((image) => { ended.push(url); return image; });
    },
    turn: ({ keyword }) => { shown.push({ word: Number(keyword), at: now }); return wait(fade); },
    failed: () => assert.fail('nothing fails here'),
  });
  for (let word = 1; word <= words; word++) after(word * every, () => turns.want({ url: `/${word}`, keyword: String(word) }));
  const seen = new Set();
  for (;;) {
    const next = timers.filter((timer) => !seen.has(timer)).sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    seen.add(next);
    now = next.at;
    next.act();
    await settle();
  }
  return { shown, last: words, until: words * every };
}

for (const load of [0, 400, 2000, 2900]) {
  for (const fade of [FADE, 0]) {
    test(`a word every 250 ms, pictures of ${load} ms, ${fade ? 'fading' : 'reduced motion'}`, async () => {
      const { shown, last, until } = await flood({ every: 250, load, fade });
      const at = shown.map((each) => each.at);
      for (const [i, time] of at.entries()) {
        assert.ok(i < 3 || time - at[i - 3] > 2000, `four changes from ${at[i - 3]} to ${time}`);
        if (i && time < until) assert.ok(time - at[i - 1] <= 3000, `nothing new from ${at[i - 1]} to ${time}`);
      }
      assert.ok(at[0] <= 250 + 3000, `the first one hangs at ${at[0]}`);
      assert.equal(shown.at(-1).word, last, 'the newest hangs in the end');
      assert.ok(at.at(-1) <= until + 2 * load + 3000, `and soon: at ${at.at(-1)}, the last word came at ${until}`);
      assert.deepEqual(shown.map(({ word }) => word), shown.map(({ word }) => word).sort((a, b) => a - b), 'in their order');
    });
  }
}
