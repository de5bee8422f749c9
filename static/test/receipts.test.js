import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Receipts, lot } from '../js/receipts.js';

/** A browser's tab whose clock and storage are the test's. */
class Tab {
  now = 1000;
  hidden = false;
  /** @type {any[]} */
  sent = [];
  document = this;
  performance = { now: () => this.now };
  crypto = globalThis.crypto;
  Blob = class {
    constructor(parts, { type }) {
      Object.assign(this, { text: parts.join(''), type });
    }
  };
  navigator = {
    sendBeacon: (url, { text, type }) => this.sent.push({ url, type, ...JSON.parse(text) }),
  };
  /** @type {(() => void)[]} */
  painting = [];
  requestAnimationFrame = (paint) => this.painting.push(paint);
  constructor(stored = new Map()) {
    this.localStorage = {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => stored.set(key, value),
    };
  }
  paint() {
    for (const paint of this.painting.splice(0)) paint();
  }
}

const picture = (id, keyword = 'fox') => ({ id, url: `/album/${keyword}.svg`, keyword });
const open = (tab, sample = 1, frame = 'main') => new Receipts({ frame, sample }, tab);

test('a picture that came live and is painted is acknowledged once', () => {
  const tab = new Tab();
  const receipts = open(tab);
  receipts.arrived(picture('1'), true);
  tab.now += 80.4;
  receipts.shown(picture('1'));
  assert.deepEqual(tab.sent, [], 'before it is painted');
  tab.now += 16;
  tab.paint();
  receipts.shown(picture('1'));
  tab.paint();
  assert.equal(tab.sent.length, 1);
  const [{ screen, ...rest }] = tab.sent;
  assert.deepEqual(rest, { url: '/seen', type: 'application/json', frame: 'main', id: '1', wait: 96 });
  assert.match(screen, /^[a-z0-9]+(-[a-z0-9]+){3}$/);
});

test('replays, hidden tabs and what is seen too late are not acknowledged', () => {
  const tab = new Tab();
  const receipts = open(tab);
  receipts.shown(picture('unknown'));
  receipts.arrived(picture('replayed'), false);
  receipts.shown(picture('replayed'));
  receipts.shown({ url: '/album/welcome.svg', keyword: '' });
  tab.hidden = true;
  receipts.arrived(picture('hidden'), true);
  tab.hidden = false;
  receipts.shown(picture('hidden'));
  receipts.arrived(picture('left'), true);
  receipts.shown(picture('left'));
  tab.hidden = true;
  tab.paint();
  tab.hidden = false;
  receipts.arrived(picture('late'), true);
  tab.now += 10_001;
  receipts.shown(picture('late'));
  tab.paint();
  assert.deepEqual(tab.sent, []);
});

test('the tabs of one browser are one screen and draw one lot; frames tell them apart', () => {
  const stored = new Map();
  const tabs = [new Tab(stored), new Tab(stored), new Tab()];
  const all = tabs.map((tab) => open(tab, 0.5));
  for (let i = 0; i < 100; i++) {
    for (const [at, receipts] of all.entries()) {
      receipts.arrived(picture(`id-${i}`), true);
      receipts.shown(picture(`id-${i}`));
      tabs[at].paint();
    }
  }
  const [one, two, other] = tabs.map((tab) => tab.sent.map(({ id }) => id));
  assert.deepEqual(one, two);
  assert.notDeepEqual(one, other);
  assert.equal(new Set(tabs[0].sent.concat(tabs[1].sent).map(({ screen }) => screen)).size, 1);
  const hall = open(tabs[0], 1, 'hall');
  hall.arrived(picture('x'), true);
  hall.shown(picture('x'));
  tabs[0].paint();
  assert.notEqual(tabs[0].sent.at(-1).screen, tabs[0].sent[0].screen);
});

test('a browser that keeps nothing has a name for as long as its page lives', () => {
  const tab = new Tab();
  Object.defineProperty(tab, 'localStorage', { get() { throw new Error('SecurityError'); } });
  const receipts = open(tab);
  for (const id of ['1', '2']) {
    receipts.arrived(picture(id), true);
    receipts.shown(picture(id));
    tab.paint();
  }
  assert.equal(tab.sent.length, 2);
  assert.equal(tab.sent[0].screen, tab.sent[1].screen);
});

test('lots are spread evenly, over screens and over pictures', () => {
  for (const text of [(i) => `screen-${i} 0qt04vcmpo0-npzhv`, (i) => `a-b-c-d 0qt04vcmp${i}-npzhv`]) {
    const tenths = Array(10).fill(0);
    for (let i = 0; i < 20_000; i++) tenths[Math.floor(lot(text(i)) * 10)]++;
    for (const n of tenths) assert.ok(Math.abs(n - 2000) < 215, `tenths of ${tenths}`); // five standard deviations
  }
});

test('only the first word about a picture of one\'s own makes a line', () => {
  const receipts = open(new Tab());
  const seen = { id: '2', screens: 37, of: 38, arrived: { p50: 9, p95: 11 }, shown: { p50: 40, p95: 92 } };
  for (const id of ['1', '2', '3']) receipts.arrived(picture(id, `word${id}`), true);
  assert.equal(receipts.line(seen), '');
  receipts.arrived(picture('2', 'word2'), false);
  receipts.asked({ url: '/album/word2.svg', keyword: 'word2' });
  assert.equal(receipts.line({ ...seen, id: '3' }), '');
  assert.equal(receipts.line(seen), 'on 37 of 38 screens · 92 ms');
  assert.equal(receipts.line(seen), '');
  receipts.arrived(picture('2', 'word2'), false);
  receipts.asked({ url: '/album/word3.svg', keyword: 'word3' });
  assert.equal(receipts.line({ ...seen, id: '3', screens: 1, of: 1, shown: { p50: 40, p95: 1240 } }), 'on 1 of 1 screens · 1.2 s');
});

test('what came is forgotten after a while', () => {
  const tab = new Tab();
  const receipts = open(tab);
  for (let i = 0; i < 1000; i++) receipts.arrived(picture(`${i}`), true);
  receipts.shown(picture('0'));
  receipts.shown(picture('999'));
  tab.paint();
  assert.deepEqual(tab.sent.map(({ id }) => id), ['999']);
});
