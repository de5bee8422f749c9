/**
 * Which of a browser's tabs holds the connection.
 *
 * Three ways, one interface. A lock is the best: the browser passes it on by
 * itself when its holder closes or crashes. Where there are no locks (a page
 * that came over plain http), tabs agree by talking. Where tabs cannot even
 * talk, each leads itself.
 *
 * @typedef {import('./browser.js').Browser} Browser
 *
 * @typedef {object} Call what a candidate learns
 * @property {() => void} won
 * @property {() => void} lost another tab has taken the lead away
 *
 * @typedef {object} Candidate
 * @property {() => void} steal takes the lead from a leader that does not answer
 * @property {() => void} leave
 * @property {(message: any) => void} hear what other tabs say
 * @property {() => number} term from 1; counts leaders, where nothing else tells old from new
 */

/** How long a tab listens for a leader before it becomes one; random, so that one is first. */
const LISTEN_MIN_MS = 200;
const LISTEN_MAX_MS = 700;

/**
 * @param {Browser} browser
 * @param {string} name one leader for each
 * @param {string} me
 * @param {(message: object) => void} post says something to the other tabs
 * @param {Call} on
 * @returns {Candidate}
 */
export function stand(browser, name, me, post, on) {
  const { locks } = browser.navigator;
  return locks ? byLock(locks, name, on) : byTalk(browser, me, post, on);
}

/**
 * For a tab that is alone.
 *
 * @param {Call} on
 * @returns {Candidate}
 */
export function alone(on) {
  on.won();
  return { steal() {}, leave() {}, hear() {}, term: () => 1 };
}

/**
 * @param {LockManager} locks
 * @param {string} name
 * @param {Call} on
 * @returns {Candidate}
 */
function byLock(locks, name, on) {
  let left = false;
  let pending = new AbortController();
  /** @type {(() => void) | undefined} gives the lock back */
  let release;

  /** @param {LockOptions} options */
  const ask = async (options) => {
    let held = false;
    try {
      await locks.request(name, options, () => {
        if (left) return undefined;
        held = true;
        on.won();
        if (left) return undefined; // the page closed when it heard of it
        return /** @type {Promise<void>} */ (new Promise((done) => (release = done)));
      });
    } catch (error) {
      if (left) return;
      if (/** @type {Error} */ (error).name !== 'AbortError') {
        // Locks are there but not for this page (an opaque origin).
        on.won();
      } else if (held) {
        // Rejected after it was granted: stolen.
        on.lost();
        queue();
      }
    }
  };
  const queue = () => {
    pending = new AbortController();
    ask({ signal: pending.signal });
  };
  queue();

  return {
    steal() {
      // A request that steals cannot be aborted, and the queued one must not
      // stay behind it.
      pending.abort();
      ask({ steal: true });
    },
    leave() {
      left = true;
      pending.abort();
      release?.();
    },
    hear() {},
    term: () => 1,
  };
}

/**
 * Every message of a leader bears its term. A higher term wins, then the smaller
 * name: so of two leaders one gives way as soon as it hears the other, also one
 * that was frozen while others took over.
 *
 * @param {Browser} browser
 * @param {string} me
 * @param {(message: object) => void} post
 * @param {Call} on
 * @returns {Candidate}
 */
function byTalk(browser, me, post, on) {
  let term = 0;
  let leading = false;

  const claim = () => {
    browser.clearTimeout(timer);
    if (leading) return;
    leading = true;
    term++;
    on.won();
  };
  /** @param {number} least */
  const listen = (least) => {
    const wait = least + browser.Math.random() * (LISTEN_MAX_MS - LISTEN_MIN_MS);
    return browser.setTimeout(claim, wait);
  };
  let timer = listen(LISTEN_MIN_MS);

  return {
    steal: claim,
    leave() {
      leading = false;
      browser.clearTimeout(timer);
    },
    hear(message) {
      if (!message.term) return;
      if (!leading) {
        term = Math.max(term, message.term);
        browser.clearTimeout(timer);
        if (message.kind === 'gone') timer = listen(0);
      } else if (message.kind !== 'gone') {
        if (message.term > term || (message.term === term && message.from < me)) {
          leading = false;
          term = message.term;
          on.lost();
        } else {
          post({ kind: 'lead' });
        }
      }
    },
    term: () => term,
  };
}
