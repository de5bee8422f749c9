import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { Upgrade } from '../js/upgrade.js';

const MINUTE = 60_000;
let now, quiet, free, reloads, served;

/** Lets so much time pass, in which nobody comes. */
async function pass(ms) {
  for (let left = ms; left > 0; left -= 5000) {
    now += 5000;
    quiet += 5000;
    mock.timers.tick(5000);
    for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
  }
}

function page(version = 'old') {
  return new Upgrade(version, { quiet: () => quiet, free: () => free, reload: () => reloads++ }, () => now, () => 0.5);
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
  [now, quiet, free, reloads, served] = [0, 0, true, 0, 'new'];
  globalThis.document = { hidden: false };
  globalThis.location = { href: 'http://frame.lan/' };
  globalThis.fetch = async () => ({ ok: true, text: async () => `{"version":"${served}"}` });
});

test('the same version is no reason, nor is a server that names none', async () => {
  const upgrade = page();
  upgrade.hear('old');
  upgrade.hear(undefined);
  page('').hear('new');
  await pass(60 * MINUTE);
  assert.equal(reloads, 0);
});

test('a page that nobody touches reloads within minutes, not at once', async () => {
  page().hear('new');
  await pass(2 * MINUTE);
  assert.equal(reloads, 0);
  await pass(MINUTE);
  assert.equal(reloads, 1);
});

test('not while somebody is there, but within half an hour', async () => {
  const upgrade = page();
  upgrade.hear('new');
  for (let minute = 0; minute < 24; minute++) {
    await pass(MINUTE / 2);
    quiet = 0;
    await pass(MINUTE / 2);
    quiet = 0;
  }
  assert.equal(reloads, 0);
  free = false;
  await pass(2 * MINUTE);
  assert.equal(reloads, 1);
});

test('not while something would be lost', async () => {
  free = false;
  page().hear('new');
  await pass(20 * MINUTE);
  assert.equal(reloads, 0);
  free = true;
  await pass(MINUTE / 2);
  assert.equal(reloads, 1);
});

test('only for a page that is of that version', async () => {
  page().hear('new');
  served = 'old';
  await pass(40 * MINUTE);
  globalThis.fetch = async () => { throw new TypeError('network'); };
  await pass(40 * MINUTE);
  assert.equal(reloads, 0);
  globalThis.fetch = async () => ({ ok: true, text: async () => '"version":"new"' });
  await pass(MINUTE / 2);
  assert.equal(reloads, 1);
});

test('a version that is taken back is forgotten', async () => {
  const upgrade = page();
  upgrade.hear('new');
  upgrade.hear('old');
  await pass(60 * MINUTE);
  assert.equal(reloads, 0);
  upgrade.hear('newer');
  served = 'newer';
  await pass(5 * MINUTE);
  assert.equal(reloads, 1);
});
