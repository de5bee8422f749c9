// What it takes to ask for a picture, and to say what has become of a word.

import { element, find } from './dom.js';
import { writeHosted } from './hosted.js';
import { Pad } from './pad.js';
import { Queue } from './queue.js';
import { Receipts } from './receipts.js';
import { Search } from './search.js';
import { Ticker } from './ticker.js';

/** @typedef {import('./picture.js').Picture} Picture */

/**
 * Makes the line work, and tells it what the stream says.
 * @param {import('./app.js').Frame} frame
 * @param {MediaQueryList} remote where the page is a remote
 * @param {() => boolean} asleep whether nobody sees what a key would do
 */
export function startAsking({ data, options, word, stage, walk, announcer, status, stream, hearing }, remote, asleep) {
  const ticker = new Ticker();
  const queue = new Queue(element('next'));
  ticker.add((now) => queue.draw(now));
  const search = new Search(find('ask', HTMLFormElement), word, element('answer'), { ticker, queue, remote, say: (text) => announcer.say('answer', text) });
  const pad = new Pad(element('pad'), word, { send: () => search.ask(word.value), asleep });
  const hangs = () => search.hangs(stage.shown, walk.cursor.pictures);
  const forget = () => {
    writeHosted(element('hosted'), {});
    queue.clear();
    ticker.start();
  };

  // What is set and who waits comes after the first presence of a stream, if anything
  // is and does. Polls carry neither: better nothing than something old.
  let resuming = false;
  hearing.on('state', (_, { state, transport }) => {
    if (state !== 'live') resuming = true;
    if (transport === 'poll') forget();
  });
  hearing.on('presence', () => {
    if (resuming) forget();
    resuming = false;
  });
  hearing.on('host', (set) => {
    writeHosted(element('hosted'), set);
    search.hosted(set.frozen);
  });
  hearing.on('queue', (line) => {
    queue.hear(line, ticker.now());
    if (line.waiting.some((/** @type {{keyword: string}} */ { keyword }) => status.looksFor(keyword))) status.found();
    search.queued();
  });
  hearing.on('searching', ({ keyword }) => {
    // The line itself reports the searches that begin here.
    if (!search.asks(keyword)) status.searching(keyword);
  });
  hearing.on('picture', (picture) => search.arrives(picture));
  const suggest = () => search.suggest(stage.shown?.keyword ?? '');
  suggest();
  stage.addEventListener('shown', suggest);
  stage.addEventListener('shown', hangs);
  search.addEventListener('published', (event) => {
    const picture = /** @type {CustomEvent<Picture>} */ (event).detail;
    // A screen that was in the history goes live: its viewer wants to see the answer.
    if (!walk.cursor.live) walk.live();
    pad.close();
    // With the stream down the answer itself is what there is to see.
    if (stream.state !== 'live' && picture.url) stage.show(picture);
    hangs();
  });
  new Receipts(data).listen({ stream, stage, search }, (line) => options.ui && status.note('good', line));
  return { search, pad };
}
