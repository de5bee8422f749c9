import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHours, parseOptions, within } from '../js/options.js';

test('without options the page has its controls and decides by itself', () => {
  assert.deepEqual(parseOptions(''), { ui: true, fit: '', clock: '', tz: '', lost: false, date: false, corner: '', dim: null, black: false, transport: 'auto', motion: true, qr: false });
});

test('all options of a kiosk', () => {
  assert.deepEqual(parseOptions('?ui=0&fit=contain&clock=1&dim=22-7&transport=ws&motion=0&qr=yes'), {
    ui: false, fit: 'contain', clock: 'local', tz: '', lost: false, date: false, corner: '', dim: { from: 22 * 60, to: 7 * 60 }, black: false, transport: 'ws', motion: false, qr: true,
  });
});

test('the hours of the clock', () => {
  for (const clock of ['12', '24']) assert.equal(parseOptions(`?clock=${clock}`).clock, clock);
  assert.equal(parseOptions('?clock=yes').clock, 'local');
});

test('the clock elsewhere, with the date, in a corner, and black nights', () => {
  const { tz, lost, date, corner, dim, black } = parseOptions('?tz=Asia/Kathmandu&date=1&corner=bottom-right&dim=22-7,black');
  assert.deepEqual({ tz, lost, date, corner, dim, black },
    { tz: 'Asia/Kathmandu', lost: false, date: true, corner: 'bottom-right', dim: { from: 1320, to: 420 }, black: true });
  assert.deepEqual(parseOptions('?tz=Mars/Olympus&corner=middle'), { ...parseOptions(''), lost: true });
});

test('the hours are those of the zone', () => {
  const noon = new Date('2026-01-15T12:00:00Z'); // 17:45 there
  const hours = { from: 17 * 60 + 45, to: 17 * 60 + 46 };
  assert.equal(within(hours, noon, 'Asia/Kathmandu'), true);
  assert.equal(within(hours, noon, 'UTC'), false);
});

test('what it does not understand it ignores', () => {
  assert.deepEqual(parseOptions('?ui=maybe&fit=stretch&clock=0&dim=late&transport=pigeon&other=1'), parseOptions(''));
});

for (const [text, want] of [
  ['22-7', { from: 1320, to: 420 }],
  ['21:30-6:45', { from: 1290, to: 405 }],
  ['0-24', { from: 0, to: 1440 }],
  ['25-7', null],
  ['22:60-7', null],
  ['22-', null],
  ['-1-7', null],
  ['', null],
  [null, null],
]) {
  test(`the hours ${text}`, () => assert.deepEqual(parseHours(text), want));
}

for (const [hours, time, want] of [
  ['22-7', '21:59', false],
  ['22-7', '22:00', true],
  ['22-7', '00:00', true],
  ['22-7', '06:59', true],
  ['22-7', '07:00', false],
  ['13-15', '14:00', true],
  ['13-15', '15:00', false],
  ['8-8', '03:00', true],
  ['0-24', '23:59', true],
]) {
  test(`${time} is ${want ? '' : 'not '}within ${hours}`, () => {
    const [hour, minute] = time.split(':').map(Number);
    assert.equal(within(parseHours(hours), new Date(2026, 0, 15, hour, minute)), want);
  });
}
