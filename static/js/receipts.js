// Says to the server that this screen shows a picture, and after a word of one's
// own on how many screens it is.

/** @typedef {import('./picture.js').Picture} Picture */

/** The server counts no receipts that come later. */
const RECEIPT_MS = 10_000;

/** As many pictures as can come meanwhile and still be told apart. */
const KEPT = 50;

/**
 * What the stream says about a picture's screens.
 * @typedef {object} Seen
 * @property {string} id
 * @property {number} screens
 * @property {number} of
 * @property {{p50: number, p95: number}} shown
 *
 * What a receipt takes from the browser; tests bring their own.
 * @typedef {Pick<typeof globalThis, 'crypto' | 'document' | 'navigator' | 'localStorage' | 'requestAnimationFrame' | 'Blob'>
 *   & { performance: { now(): number } }} Browser
 */

/** The receipts of one page. */
export class Receipts {
  /** The part of all screens that is to answer. */
  sample;
  #frame;
  #browser;
  /** The name of a browser that keeps nothing. */
  #unkept = '';
  /** @type {Map<string, Picture & {at: number}>} the last pictures, by id; `at` is when those came that count */
  #came = new Map();
  /** @type {Picture[]} what this page has asked for */
  #own = [];

  /**
   * @param {{frame: string, sample: number}} data
   * @param {Browser} [browser] a stand-in, in tests
   */
  constructor({ frame, sample }, browser = globalThis) {
    this.#frame = frame;
    this.sample = sample;
    this.#browser = browser;
    // Now, and not when the same picture appears in all tabs at once: storage is in
    // step between them only after a while.
    this.#screen();
  }

  /**
   * Does all of it by what others dispatch.
   * @param {{stream: EventTarget & {state: string}, stage: EventTarget, search: EventTarget}} parts
   * @param {(line: string) => void} say is called after a word of one's own
   */
  listen({ stream, stage, search }, say) {
    /** @param {EventTarget} part @param {string} name @param {(detail: any) => void} handle */
    const on = (part, name, handle) => part.addEventListener(name, (event) => handle(/** @type {CustomEvent} */ (event).detail));
    on(stream, 'picture', ({ id, data, live }) => this.arrived({ ...data, id }, live));
    on(stream, 'presence', ({ data }) => { this.sample = data.sample ?? 1; });
    on(stream, 'seen', ({ data }) => {
      const line = this.line(data);
      if (line && stream.state === 'live') say(line);
    });
    on(stage, 'shown', (picture) => this.shown(picture));
    on(search, 'published', (picture) => this.asked(picture));
  }

  /**
   * Takes note of a picture that has come.
   * @param {Picture} picture
   * @param {boolean} live whether it has just been published
   */
  arrived(picture, live) {
    if (!picture.id) return;
    const counts = live && !this.#browser.document.hidden;
    this.#came.set(picture.id, { ...picture, at: counts ? this.#browser.performance.now() : -Infinity });
    for (const id of this.#came.keys()) {
      if (this.#came.size > KEPT) this.#came.delete(id);
    }
  }

  /**
   * Sends the receipt of a picture that begins to appear, once it is painted. Tabs of
   * one browser decide alike whether to, so that it has one lot and not many.
   * @param {Picture} picture
   */
  shown({ id = '' }) {
    const came = this.#came.get(id);
    if (!came) return;
    const { at } = came;
    came.at = -Infinity; // one receipt is enough
    this.#browser.requestAnimationFrame(() => {
      const wait = this.#browser.performance.now() - at;
      const screen = this.#screen();
      if (wait > RECEIPT_MS || this.#browser.document.hidden || lot(`${screen} ${id}`) >= this.sample) return;
      const receipt = JSON.stringify({ frame: this.#frame, id, screen, wait: Math.round(wait) });
      this.#browser.navigator.sendBeacon('/seen', new this.#browser.Blob([receipt], { type: 'application/json' }));
    });
  }

  /**
   * Takes note of a picture that a word of this page's has brought.
   * @param {Picture} picture
   */
  asked({ url, keyword }) {
    this.#own.push({ url, keyword });
    if (this.#own.length > KEPT) this.#own.shift();
  }

  /**
   * Returns a line about the screens of this page's own word, "" for another's or a
   * second time.
   * @param {Seen} seen
   */
  line({ id, screens, of, shown }) {
    const came = this.#came.get(id);
    const own = this.#own.findIndex(({ url, keyword }) => url === came?.url && keyword === came.keyword);
    if (own < 0) return '';
    this.#own.splice(own, 1);
    const time = shown.p95 < 1000 ? `${shown.p95} ms` : `${(shown.p95 / 1000).toFixed(1)} s`;
    return `on ${screens.toLocaleString()} of ${of.toLocaleString()} screens · ${time}`;
  }

  /**
   * What this browser is called on this frame: random, and the same in all tabs. It is
   * read each time, since another tab may have written it in the same moment.
   */
  #screen() {
    const key = `screen ${this.#frame}`;
    try {
      const { localStorage } = this.#browser;
      if (!localStorage.getItem(key)) localStorage.setItem(key, this.#random());
      return localStorage.getItem(key) ?? this.#random();
    } catch {
      return (this.#unkept ||= this.#random());
    }
  }

  #random() {
    return Array.from(this.#browser.crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');
  }
}

/**
 * A number from 0 up to 1 that looks drawn by chance, always the same for a text
 * (FNV-1a, its bits mixed once more).
 * @param {string} text
 */
export function lot(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
