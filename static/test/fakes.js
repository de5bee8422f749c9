/**
 * A browser of a few tabs for the transport's tests: its clock stands still
 * until told, its network answers when told, and its tabs can freeze and crash.
 */

import { NAMES } from '../js/transport/events.js';
import { connect } from '../js/transport/index.js';

const EVENTS = [...NAMES, 'state', 'published'];

/** Lets everything that is ready to run, run. */
export async function settle() {
  for (let i = 0; i < 5; i++) await new Promise((done) => setImmediate(done));
}

export class FakeBrowser {
  now = 1_700_000_000_000;
  /** How far `Date` has been set ahead; negative behind. */
  set = 0;
  readings = 0;
  /** How many timers were ever set. */
  timed = 0;
  /** What Math.random() answers. */
  random = 0;
  tabs = 0;
  timers = [];
  channels = [];
  locks = new FakeLocks();
  #ids = 0;

  /** Opens a tab. `without` names what this browser lacks. */
  tab(options = {}, { without = [], href = 'http://frame.lan:8080/' } = {}) {
    return new FakeTab(this, options, without, href);
  }

  setTimeout(tab, act, ms) {
    this.timed++;
    const timer = { id: ++this.#ids, tab, act, at: this.now + (ms < 2 ** 31 ? Math.max(ms, 1) : 1) };
    this.timers.push(timer);
    return timer.id;
  }

  /** Moves the clock on. Timers due at one moment fire before any mail is delivered. */
  async advance(ms) {
    const end = this.now + ms;
    await settle();
    for (;;) {
      const due = this.timers.filter((t) => !t.tab.frozen && t.at <= end);
      if (!due.length) break;
      const first = Math.min(...due.map((t) => t.at));
      this.now = Math.max(this.now, first);
      for (const timer of due.filter((t) => t.at === first)) {
        const i = this.timers.indexOf(timer);
        if (i < 0) continue; // cleared by one before it
        this.timers.splice(i, 1);
        timer.act();
      }
      await settle();
    }
    this.now = end;
  }
}

class FakeTab extends EventTarget {
  frozen = false;
  sources = [];
  sockets = [];
  fetches = [];
  /** What the page was told: [name, detail]. */
  told = [];
  mail = [];
  channels = [];
  listening = 0;

  constructor(browser, options, without, href) {
    super();
    const tab = this;
    this.browser = browser;
    this.location = new URL(href);
    this.document = Object.assign(new CountedTarget(this), { visibilityState: 'visible' });
    // Real tabs never read the clock and draw a number in the same instant.
    this.Date = { now: () => browser.now + browser.set + ++browser.readings / 2 ** 12 };
    this.performance = { now: () => browser.now - 1_600_000_000_000 };
    // A tab draws its name first: those must differ, later tabs having the larger.
    let name = ++browser.tabs / 100;
    this.Math = {
      random() {
        const drawn = name || browser.random;
        name = 0;
        return drawn;
      },
    };
    this.navigator = { onLine: true, locks: browser.locks.of(this) };
    this.EventSource = class extends FakeSource {
      constructor(url) {
        super(url);
        tab.sources.push(this);
      }
    };
    this.WebSocket = class extends FakeSocket {
      constructor(url) {
        super(url);
        tab.sockets.push(this);
      }
    };
    this.BroadcastChannel = class extends FakeChannel {
      constructor(name) {
        super(tab, name);
      }
    };
    for (const name of without) {
      if (name === 'locks') delete this.navigator.locks;
      else this[name] = undefined;
    }
    this.connection = connect(options, this);
    for (const name of EVENTS) {
      this.connection.addEventListener(name, (e) => this.told.push([name, e.detail]));
    }
  }

  setTimeout = (act, ms) => this.browser.setTimeout(this, act, ms);
  clearTimeout = (id) => {
    const i = this.browser.timers.findIndex((t) => t.id === id);
    if (i >= 0) this.browser.timers.splice(i, 1);
  };

  fetch = (url, { signal }) =>
    new Promise((resolve, reject) => {
      const request = {
        url,
        signal,
        done: false,
        answer(status, body = '', headers = {}) {
          request.done = true;
          const text = typeof body === 'string' ? body : JSON.stringify(body);
          resolve(new Response(status === 204 ? null : text, { status, headers }));
        },
        fail() {
          request.done = true;
          reject(new TypeError('network'));
        },
      };
      signal.addEventListener('abort', () => {
        request.done = true;
        reject(signal.reason);
      });
      this.fetches.push(request);
    });

  addEventListener(...args) {
    this.listening++;
    super.addEventListener(...args);
  }

  removeEventListener(...args) {
    this.listening--;
    super.removeEventListener(...args);
  }

  /** The open stream, undefined when there is none. */
  get source() {
    return this.sources.findLast((s) => !s.closed);
  }

  get socket() {
    return this.sockets.findLast((s) => !s.closed);
  }

  /** The newest request under way for a path. */
  request(path) {
    return this.fetches.findLast((f) => !f.done && f.url.startsWith(path));
  }

  /** How many connections stay open here. */
  get streams() {
    const polls = this.fetches.filter((f) => !f.done && f.url.startsWith('/poll'));
    return [...this.sources, ...this.sockets].filter((s) => !s.closed).length + polls.length;
  }

  /** The ids of the pictures that the page was told of. */
  get pictures() {
    return this.told.filter(([name]) => name === 'picture').map(([, detail]) => detail.id);
  }

  get states() {
    return this.told.filter(([name]) => name === 'state').map(([, detail]) => detail.state);
  }

  get state() {
    return this.told.findLast(([name]) => name === 'state')?.[1];
  }

  /** Stops the tab's clock and mail, as a debugger or a sleeping machine does: without a word. */
  freeze() {
    this.frozen = true;
  }

  thaw() {
    this.frozen = false;
    for (const deliver of this.mail.splice(0)) deliver();
  }

  /** The tab is gone, without a word. */
  crash() {
    this.frozen = true;
    for (const channel of this.channels) channel.close();
    for (const stream of [...this.sources, ...this.sockets]) stream.close();
    this.browser.locks.crash(this);
  }
}

class CountedTarget extends EventTarget {
  constructor(tab) {
    super();
    this.tab = tab;
  }

  addEventListener(...args) {
    this.tab.listening++;
    super.addEventListener(...args);
  }

  removeEventListener(...args) {
    this.tab.listening--;
    super.removeEventListener(...args);
  }
}

class FakeSource extends EventTarget {
  closed = false;
  onerror = null;

  constructor(url) {
    super();
    this.url = url;
  }

  say(name, data, lastEventId = '') {
    if (this.closed) return;
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    this.dispatchEvent(new MessageEvent(name, { data: text, lastEventId }));
  }

  picture(id) {
    this.say('picture', { url: `/${id}`, keyword: id }, id);
  }

  fail() {
    this.onerror?.(new Event('error'));
  }

  close() {
    this.closed = true;
  }
}

class FakeSocket {
  closed = false;
  onmessage = null;
  onclose = null;

  constructor(url) {
    this.url = String(url);
  }

  say(event, data, id) {
    const text = JSON.stringify({ id, event, data });
    this.onmessage?.({ data: text });
  }

  drop() {
    this.closed = true;
    this.onclose?.({ code: 1006 });
  }

  close() {
    this.closed = true;
  }
}

class FakeChannel {
  onmessage = null;

  constructor(tab, name) {
    this.tab = tab;
    this.name = name;
    tab.channels.push(this);
    tab.browser.channels.push(this);
  }

  postMessage(message) {
    const others = this.tab.browser.channels.filter((c) => c !== this && c.name === this.name);
    for (const other of others) {
      const data = structuredClone(message);
      const deliver = () => {
        if (other.tab.frozen) other.tab.mail.push(deliver);
        else other.onmessage?.({ data });
      };
      queueMicrotask(deliver);
    }
  }

  close() {
    this.onmessage = null;
    for (const list of [this.tab.channels, this.tab.browser.channels]) {
      if (list.includes(this)) list.splice(list.indexOf(this), 1);
    }
  }
}

/** Exclusive locks with queueing, abort and steal. */
class FakeLocks {
  held = new Map();
  queue = [];

  of(tab) {
    return { request: (...args) => this.#request(tab, ...args) };
  }

  #request(tab, name, options, hold) {
    return new Promise((resolve, reject) => {
      const request = { tab, name, hold, resolve, reject };
      if (options.steal) {
        this.held.get(name)?.reject(new DOMException('stolen', 'AbortError'));
        this.held.delete(name);
        this.queue.unshift(request);
      } else {
        this.queue.push(request);
        options.signal?.addEventListener('abort', () => {
          if (!this.queue.includes(request)) return;
          this.queue.splice(this.queue.indexOf(request), 1);
          reject(options.signal.reason);
        });
      }
      queueMicrotask(() => this.#grant(name));
    });
  }

  #grant(name) {
    const i = this.queue.findIndex((r) => r.name === name);
    if (this.held.has(name) || i < 0) return;
    const [request] = this.queue.splice(i, 1);
    this.held.set(name, request);
    Promise.resolve(request.hold({})).then((value) => {
      if (this.held.get(name) === request) this.held.delete(name);
      request.resolve(value);
      this.#grant(name);
    });
  }

  crash(tab) {
    this.queue = this.queue.filter((r) => r.tab !== tab);
    for (const [name, request] of [...this.held]) {
      if (request.tab !== tab) continue;
      this.held.delete(name);
      queueMicrotask(() => this.#grant(name));
    }
  }
}
