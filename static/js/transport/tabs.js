import { Timers, steadyClock } from './browser.js';
import { CatchUp } from './catchup.js';
import { alone, stand } from './election.js';
import { LASTING } from './events.js';

/**
 * @typedef {import('./index.js').Event} Event
 * @typedef {import('./index.js').State} State
 *
 * What tabs say to each other. Those of a leader have a `term`.
 *
 * @typedef {{ from: string, term?: number } & (
 *   { kind: 'hello' }
 *   | { kind: 'hurry' }
 *   | { kind: 'welcome', to: string, last: string, newest: string, events: Event[], state: State }
 *   | { kind: 'lead' }
 *   | { kind: 'state', state: State }
 *   | { kind: 'event', event: Event, after: string }
 *   | { kind: 'gone' })} Message
 */

/** A leader passes on the time every 15 s; after this long, a follower asks. */
const QUIET_MS = 20_000;

/**
 * A leader that does not answer for this long cannot: it is frozen, or gone. Its
 * followers notice together, so each waits up to so much longer.
 */
const ANSWER_MS = 5_000;
const ANSWER_SPREAD_MS = 2_000;

/**
 * One connection for all tabs. The leader tells the others everything it hears
 * and what state it is in; they say hello when they come and when it is quiet,
 * and are told what is on now. No beats of its own: timers in hidden tabs can be
 * a minute late, messages are not.
 */
export class Tabs {
  leading = false;
  #browser;
  #name;
  #dedupe;
  #on;
  #me;
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** @type {import('./election.js').Candidate | null} */
  #candidate = null;
  #heardAt = 0;
  #now;
  /** @type {Timers<'leader'>} */
  #timers;
  #catchUp;

  /**
   * @param {import('./browser.js').Browser} browser
   * @param {string | null} name of the channel and the lock; null to share nothing
   * @param {import('./dedupe.js').Dedupe} dedupe
   * @param {{
   *   lead(): void,
   *   follow(): void,
   *   event(event: Event): void,
   *   state(state: State): void,
   *   hurry(now: boolean): void,
   *   standing(): State,
   *   missed(stop: AbortController): Promise<Event[]>,
   * }} on
   */
  constructor(browser, name, dedupe, on) {
    this.#browser = browser;
    this.#name = browser.BroadcastChannel ? name : null;
    this.#dedupe = dedupe;
    this.#on = on;
    this.#timers = new Timers(browser);
    this.#now = steadyClock(browser);
    this.#catchUp = new CatchUp(dedupe, on);
    this.#me = browser.Math.random().toString(36).slice(2);
  }

  join() {
    const on = { won: () => this.#won(), lost: () => this.#lost() };
    if (!this.#name) {
      this.#candidate = alone(on);
      return;
    }
    this.#channel = new this.#browser.BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#candidate = stand(this.#browser, this.#name, this.#me, (m) => this.#post(m), on);
    this.#hello();
  }

  leave() {
    if (this.leading) this.#post({ kind: 'gone' });
    this.leading = false;
    this.#candidate?.leave();
    this.#candidate = null;
    this.#catchUp.stop();
    this.#timers.clear('leader');
    this.#channel?.close();
    this.#channel = null;
  }

  /**
   * Passes an event on.
   *
   * @param {Event} event
   * @param {string} after the id before it
   */
  share(event, after) {
    if (this.leading) this.#post({ kind: 'event', event, after });
  }

  /** @param {State} state */
  announce(state) {
    if (this.leading) this.#post({ kind: 'state', state });
  }

  /** Asks the leader to open a fresh connection. */
  hurry() {
    this.#post({ kind: 'hurry' });
  }

  /** @param {object} message */
  #post(message) {
    const term = this.leading ? this.#candidate?.term() : undefined;
    this.#channel?.postMessage({ ...message, from: this.#me, term });
  }

  #won() {
    this.leading = true;
    this.#catchUp.stop();
    this.#timers.clear('leader');
    this.#post({ kind: 'lead' });
    this.#on.lead();
  }

  #lost() {
    this.leading = false;
    this.#on.follow();
    this.#hello();
  }

  /** Asks for what is on, and whether anybody is there to ask. */
  #hello() {
    if (this.leading || !this.#channel) return;
    this.#post({ kind: 'hello' });
    const asked = this.#now();
    const patience = ANSWER_MS + this.#browser.Math.random() * ANSWER_SPREAD_MS;
    this.#timers.set('leader', patience, () => {
      if (this.#heardAt >= asked) this.#listen();
      else this.#candidate?.steal();
    });
  }

  /** Says hello again when the leader has been quiet. */
  #listen() {
    const quiet = this.#now() - this.#heardAt;
    this.#timers.set('leader', QUIET_MS - quiet, () => {
      if (this.#now() - this.#heardAt < QUIET_MS) this.#listen();
      else this.#hello();
    });
  }

  /** @param {Message} message */
  #hear(message) {
    this.#candidate?.hear(message);
    if (this.leading) this.#answer(message);
    else if (message.term && message.kind !== 'gone') this.#follow(message);
  }

  /** @param {Message} message from a follower */
  #answer(message) {
    if (message.kind === 'hurry') this.#on.hurry(true);
    if (message.kind !== 'hello') return;
    this.#on.hurry(false);
    const { last, newest, latest, removed } = this.#dedupe;
    const events = [...[...latest.values()].filter((event) => LASTING.includes(event.name)), ...removed];
    this.#post({ kind: 'welcome', to: message.from, last, newest, events, state: this.#on.standing() });
  }

  /** @param {Message} message from the leader */
  #follow(message) {
    this.#heardAt = this.#now();
    if (message.kind === 'lead') this.#hello();
    if (message.kind === 'state') this.#on.state(message.state);
    if (message.kind === 'event') this.#catchUp.receive(message);
    if (message.kind === 'welcome' && message.to === this.#me) {
      this.#on.state(message.state);
      this.#catchUp.welcome(message);
    }
  }
}
