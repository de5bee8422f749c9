// The slow zoom costs nothing where a graphics processor draws. Where the main
// processor does, it may take most of a core, and frames come late.

/** Frames are counted for so long, this long after a picture has begun to appear. */
const WATCH_MS = 1500;
const CALM_MS = 3000;

/** A screen that shows so many a second moves well. */
const ENOUGH = 45;

/** A step down helps when there were at most this share of the frames before. */
const HELPS = 0.75;

/** All frames, some a second, none. stage.css says what they are. */
const LEVELS = ['', 'steps', 'stop'];

/**
 * Steps the zoom down as long as that brings frames back, and leaves it there. Other
 * work that keeps a machine busy does not count: less zoom changes nothing then.
 */
export class Motion {
  #level = 0;
  #looking = false;
  #set;
  #rate;

  /**
   * @param {(level: string) => void} set
   * @param {() => Promise<number>} rate counts the frames a second
   */
  constructor(set, rate) {
    this.#set = set;
    this.#rate = rate;
  }

  /** Looks how the frames come. @param {() => boolean} calm whether nothing but the zoom moves */
  async look(calm) {
    if (this.#looking) return;
    this.#looking = true;
    while (calm() && (await this.#helps(calm))) this.#set(LEVELS[++this.#level] ?? '');
    this.#looking = false;
  }

  /** Whether the next level helps, twice compared with this one. @param {() => boolean} calm */
  async #helps(calm) {
    const less = LEVELS[this.#level + 1];
    if (less === undefined) return false;
    const before = await this.#rate();
    if (before >= ENOUGH || !calm()) return false;
    this.#set(less);
    const without = await this.#rate();
    this.#set(LEVELS[this.#level] ?? '');
    const after = await this.#rate();
    return calm() && Math.max(before, after) <= HELPS * without;
  }
}

/** Counts the frames a second. @returns {Promise<number>} */
function framesPerSecond() {
  return new Promise((done) => {
    const began = performance.now();
    let frames = 0;
    const count = () => {
      const took = performance.now() - began;
      if (took >= WATCH_MS) done((frames * 1000) / took);
      else requestAnimationFrame(count);
      frames++;
    };
    requestAnimationFrame(count);
  });
}

/**
 * Looks after each picture, where it may zoom.
 * @param {EventTarget} stage
 */
export function watchMotion(stage) {
  const { dataset } = document.documentElement;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const motion = new Motion((level) => { dataset.zoom = level; }, framesPerSecond);
  let pictures = 0;
  const later = () => {
    const picture = ++pictures;
    setTimeout(() => motion.look(() => picture === pictures && !document.hidden && !still.matches && dataset.motion !== '0'), CALM_MS);
  };
  stage.addEventListener('shown', later);
  later();
}
