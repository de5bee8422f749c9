// What people do with this screen: what leaves and comes back with them, and
// their way through the history. None of it is needed to follow the stream.

import { Absence } from './absence.js';
import { startAsking } from './asking.js';
import { listen } from './buttons.js';
import { cardIsOpen } from './cards.js';
import { aria, button, element } from './dom.js';
import { Idle, IDLE_MS, WORKING_MS } from './idle.js';
import { keepInSight } from './keyboard.js';
import { watchMotion } from './motion.js';
import { remote } from './options.js';
import { recent } from './recent.js';
import { Strip } from './strip.js';
import { Wake } from './wake.js';

/** Everything that needs somebody who is there, or notices that nobody is. */
export class Controls {
  remote;
  strip;
  search;
  pad;
  #frame;
  #idle;
  #wake;
  #absence;
  #drawWords;

  /** @param {import('./app.js').Frame} frame */
  constructor(frame) {
    const { options, word, sizes, stage, walk } = frame;
    this.#frame = frame;
    this.remote = remote(options);
    const { search, pad } = startAsking(frame, this.remote, () => this.asleep);
    this.search = search;
    this.pad = pad;
    this.#drawWords = recent(element('words'), (text) => search.ask(text, true));
    this.strip = new Strip(element('strip'), element('strip-list'), button('earlier'), this.remote, () => this.#drawStrip(), sizes);
    this.#idle = new Idle(() => this.#patience());
    // At night too: a page can keep a screen awake, and never wake it in the morning.
    this.#wake = new Wake(() => !this.remote.matches);
    this.#absence = new Absence(() => this.#idle.quiet, { notice: (seconds) => this.#notice(seconds), back: () => this.#back() });

    this.remote.addEventListener('change', () => this.#wake.update());
    this.#wake.update();
    element('sleeps').hidden = this.#wake.possible;
    element('lost').hidden = !options.lost;
    stage.addEventListener('shown', () => { if (stage.shown) this.#idle.label(); });
    walk.addEventListener('moved', () => this.#follow());
    walk.addEventListener('failed', () => frame.status.note('warn', 'The earlier pictures cannot be reached now.'));
    document.addEventListener('visibilitychange', () => this.#drawStrip());
    addEventListener('online', () => this.strip.again()); // the network may be back
    frame.hearing.on('state', (_, { state }) => { if (state === 'live') this.strip.again(); });
    watchMotion(stage);
    keepInSight(word, element('answer'));
    listen(frame, this);
    this.#follow();
    document.documentElement.dataset.js = 'all';
  }

  /** Whether nobody sees what a key would do. */
  get asleep() {
    return this.#idle.idle;
  }

  /** For how many milliseconds nobody has been there. */
  quiet() {
    return this.#idle.quiet;
  }

  /** Whether nothing would be lost with the page: no search, no open card, no held picture. */
  free() {
    return !this.#absence.away && !this.search.engaged && !this.pad.open && !cardIsOpen();
  }

  async openStrip() {
    this.strip.open = true;
    await this.#frame.walk.need();
    this.strip.focus();
  }

  /** Leaves one thing after the other. @returns {boolean} false when there is nothing to leave */
  leave() {
    const { word, walk } = this.#frame;
    if (this.pad.open) this.pad.close();
    else if (document.activeElement === word) word.blur();
    else if (this.strip.open) this.strip.open = false;
    else if (!walk.cursor.live) walk.live();
    else return false;
    return true;
  }

  #patience() {
    if (this.remote.matches || !this.#frame.stage.shown || cardIsOpen()) return Infinity;
    return this.search.engaged || this.strip.open || this.pad.open ? WORKING_MS : IDLE_MS;
  }

  /** @param {number} seconds */
  #notice(seconds) {
    const returning = element('returning');
    const was = returning.hidden;
    returning.hidden = !seconds;
    returning.textContent = `Back to live in ${seconds} s, unless somebody is here`;
    if (seconds && was) this.#frame.announcer.say('state', returning.textContent);
  }

  #back() {
    this.strip.open = false;
    this.#frame.walk.live();
  }

  /** Brings the controls in line with the cursor. */
  #follow() {
    const { data, walk } = this.#frame;
    const { live, unseen, pictures, current } = walk.cursor;
    const focus = document.activeElement;
    button('back').disabled = !walk.canGoBack;
    button('forward').disabled = live;
    aria(button('pause'), 'pressed', !live);
    button('share').disabled = !current?.id;
    button('live').hidden = live || pictures.length === 0;
    button('live').textContent = unseen ? `Back to live (${unseen} new)` : 'Back to live';
    // What had the focus may be of no use now: the next button of use gets it.
    if (focus?.matches(':disabled, [hidden]')) button('pause').focus({ preventScroll: true });
    if (live && data.fixed) this.#leavePermalink();
    this.#drawStrip();
  }

  /** A permalink's picture is meant to stay; any other that is held, and an open strip, is not. */
  #watchAbsence() {
    const { data, walk } = this.#frame;
    const { live, current } = walk.cursor;
    const meant = data.fixed && current?.id === data.picture?.id;
    this.#absence.away = this.strip.open || !(live || meant);
  }

  #drawStrip() {
    const { walk } = this.#frame;
    this.#watchAbsence();
    if (document.hidden) return; // its pictures would be loaded
    if (this.strip.needed) walk.need();
    this.strip.draw(walk.cursor.pictures, walk.cursor.current);
    this.#drawWords(this.remote.matches ? walk.cursor.pictures : [], walk.cursor.current);
  }

  /** The permalink's address would bring a reload back to its picture. */
  #leavePermalink() {
    const query = new URLSearchParams(location.search);
    query.delete('frame');
    history.replaceState(null, '', this.#frame.data.home + (String(query) && `?${query}`));
  }
}
