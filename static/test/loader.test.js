import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Loader } from '../js/loader.js';
import { settle } from './fakes.js';

const picture = (/** @type {string} */ word) => ({ url: `/${word}.jpg`, keyword: word });

/** A loader whose clock moves and whose loads end when the test says so. */
function setUp() {
  const timers = new Map();
  let now = 0;
  let ids = 0;
  const loads = [];
  const said = [];
  const page = { mayLoad: true, random: 0 };
  const browser = {
    setTimeout(act, ms) {
      timers.set(++ids, { act, at: now + ms });
      return ids;
    },
    clearTimeout: (id) => timers.delete(id),
    Math: { random: () => page.random },
  };
  const load = (url, tried, signal) => new Promise((resolve) => {
    const one = { word: url.slice(1, -4), tried, end: (image) => { one.open = false; resolve(image); }, open: true };
    signal.addEventListener('abort', () => one.end(null));
    loads.push(one);
  });
  const loader = new Loader(browser, load, {
    mayLoad: () => page.mayLoad,
    loaded: ({ keyword }) => said.push(`${keyword} loaded`),
    failed: ({ keyword }) => said.push(`${keyword} failed at ${now}`),
  });
  return {
    loader,
    page,
    timers,
    said,
    open: () => loads.filter((one) => one.open).map(({ word }) => word).join(),
    tried: () => loads.map(({ word }) => word).join(),
    loads,
    async end(word, ok) {
      loads.find((one) => one.open && one.word === word).end(ok ? {} : null);
      await settle();
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const [id, next] = [...timers].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
        if (!next || next.at > end) break;
        now = next.at;
        timers.delete(id);
        next.act();
        await settle();
      }
      now = end;
    },
  };
}

test('a newer picture does not cancel the one on its way, and comes after it', async () => {
  const { loader, said, open, end } = setUp();
  loader.want(picture('a'));
  loader.want(picture('b'));
  loader.want(picture('c'));
  assert.equal(open(), 'a');
  await end('a', true);
  assert.equal(open(), 'c', 'only the newest of those that came meanwhile');
  await end('c', true);
  assert.deepEqual(said, ['a loaded', 'c loaded']);
  assert.equal(loader.busy, false);
});

test('under a flood each load that the network brings is shown, however fast the words come', async () => {
  const { loader, said, loads, advance, end } = setUp();
  for (let word = 0; word < 100; word++) {
    loader.want(picture(String(word)));
    await advance(100);
    if (word % 20 === 19) await end(loads.findLast((one) => one.open).word, true); // each takes 2 s
  }
  assert.deepEqual(said, ['0 loaded', '19 loaded', '39 loaded', '59 loaded', '79 loaded']);
  await end('99', true);
  assert.equal(said.at(-1), '99 loaded');
});

test('one that does not come does not hold up a newer one for long', async () => {
  const { loader, said, open, end, advance } = setUp();
  loader.want(picture('stuck'));
  loader.want(picture('new'));
  await advance(2499);
  assert.equal(open(), 'stuck');
  await advance(1);
  assert.equal(open(), 'stuck,new');
  await end('new', true);
  assert.equal(open(), '', 'an older picture does not follow a newer one');
  assert.deepEqual(said, ['new loaded']);
});

test('only a few are loaded side by side', async () => {
  const { loader, open, advance } = setUp();
  for (const word of ['a', 'b', 'c', 'd', 'e']) {
    loader.want(picture(word));
    await advance(2500);
  }
  assert.equal(open(), 'a,b,c');
});

test('a picture that fails is tried again with pauses that grow to 30 s, until it comes', async () => {
  const { loader, page, said, open, end, advance, timers } = setUp();
  page.random = 0.999999;
  loader.want(picture('a'));
  for (const pause of [2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    assert.equal(open(), 'a');
    await end('a', false);
    assert.equal(loader.failing, true);
    assert.equal(timers.size, 1, 'one timer waits');
    await advance(pause - 10);
    assert.equal(open(), '');
    await advance(10);
  }
  await end('a', true);
  assert.equal(said.length, 7);
  assert.equal(said.at(-1), 'a loaded');
  assert.equal(timers.size, 0);
});

test('a newer picture ends the tries for an older one', async () => {
  const { loader, open, end, advance } = setUp();
  loader.want(picture('a'));
  await end('a', false);
  loader.want(picture('b'));
  assert.equal(open(), 'b', 'without a pause');
  await end('b', true);
  await advance(120_000);
  assert.equal(open(), '');
});

test('never two loads of one picture', async () => {
  const { loader, tried, advance } = setUp();
  loader.want(picture('a'));
  loader.want(picture('a'));
  await advance(2500);
  loader.want({ ...picture('a'), id: '7' });
  loader.proceed();
  assert.equal(tried(), 'a');
});

test('the network is back: at once, and afresh where a load has been waiting', async () => {
  const { loader, open, tried, end, advance } = setUp();
  loader.want(picture('a'));
  await end('a', false);
  loader.again();
  assert.equal(open(), 'a');
  loader.again();
  assert.equal(tried(), 'a,a', 'one that has just begun goes on');
  await advance(2500);
  loader.again();
  assert.equal(tried(), 'a,a,a');
  assert.equal(open(), 'a');
});

test('a load that never ends has failed after a while, each time a longer one', async () => {
  const { loader, said, advance } = setUp();
  loader.want(picture('a'));
  await advance(59_999);
  assert.deepEqual(said, []);
  await advance(1);
  assert.deepEqual(said, ['a failed at 60000']);
  await advance(1_000 + 120_000);
  assert.equal(said[1], 'a failed at 181000');
});

test('nothing begins while the page may not load, and what was wanted last begins then', async () => {
  const { loader, page, open, end, advance } = setUp();
  page.mayLoad = false;
  loader.want(picture('a'));
  loader.want(picture('b'));
  await advance(60_000);
  assert.equal(open(), '');
  page.mayLoad = true;
  loader.proceed();
  assert.equal(open(), 'b');
  await end('b', false);
  page.mayLoad = false;
  await advance(60_000);
  assert.equal(open(), '', 'nor is it tried again');
  page.mayLoad = true;
  loader.again();
  assert.equal(open(), 'b');
});

test('a picture that somebody has chosen comes first, and alone', async () => {
  const { loader, said, open, end } = setUp();
  loader.want(picture('new'));
  loader.want(picture('old'), { only: true });
  assert.equal(open(), 'old');
  await end('old', true);
  assert.deepEqual(said, ['old loaded']);
  loader.want(picture('a'));
  loader.forget();
  assert.equal(open(), '');
  assert.equal(loader.busy, false);
});

test('an address that has just failed is passed on once', async () => {
  const { loader, loads, end } = setUp();
  loader.want(picture('a'), { tried: '/a.jpg' });
  await end('a', false);
  loader.again();
  assert.deepEqual(loads.map(({ tried }) => tried), ['/a.jpg', '']);
});
