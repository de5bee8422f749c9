import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answers, query } from '../js/builder.js';
import { parseOptions } from '../js/options.js';

for (const [values, want] of [
  [{}, ''],
  [{ fit: '', clock: '', from: '', to: '' }, ''],
  [{ ui: '0', fit: 'contain', clock: '24', from: '22:00', to: '07:00' }, '?ui=0&fit=contain&clock=24&dim=22-7'],
  [{ from: '21:30', to: '06:45', motion: '0' }, '?dim=21:30-6:45&motion=0'],
  [{ clock: '12', date: '1', tz: 'Etc/GMT+5', corner: 'top-right' }, '?clock=12&date=1&tz=Etc/GMT%2B5&corner=top-right'],
  [{ from: '22:00', to: '07:00', black: 'black' }, '?dim=22-7,black'],
  [{ motion: '0', qr: '1' }, '?motion=0&qr=1'],
  [{ from: '00:00', to: '05:00' }, '?dim=0-5'],
  [{ from: '22:00', to: '' }, ''],
]) {
  test(`a wall's address ${want}`, () => {
    assert.equal(query(values), want);
    assert.equal(Boolean(parseOptions(want).dim), Boolean(values.from && values.to), 'the page understands its hours');
  });
}

// Whoever opens the form on a wall changes that wall, and loses none of it.
for (const [search, want] of [
  ['?clock=1&dim=22-7,black', '?clock=1&dim=22-7,black'],
  ['?clock=99&dim=21:30-06:45', '?clock=1&dim=21:30-6:45'],
  ['?ui=0&clock=12&date=1&tz=Europe/Berlin&dim=0-24&qr=1', '?ui=0&clock=12&date=1&tz=Europe/Berlin&dim=0-0&qr=1'],
  ['?clock=0&dim=a-b', ''],
  ['?ui=0&transport=ws', '?ui=0&transport=ws'],
  ['?ui=off&fit=COVER&date&corner=Top-Right&motion=no&qr=x&transport=SSE', '?ui=0&fit=cover&date=1&corner=top-right&motion=0&qr=1&transport=sse'],
  ['?ui=x&fit=x&date=0&corner=x&motion=1&qr=0&transport=x&dim=x,black', ''],
  ['?qr=1&qr=0&tz=Nowhere/Land', '?tz=Nowhere/Land&qr=1'],
]) {
  test(`the form begins with ${search}`, () => assert.equal(query(answers(search)), want));
}
