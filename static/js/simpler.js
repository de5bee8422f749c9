// What to try instead of a word that found nothing.

/** Words that nearly always find a picture, offered when another found none. */
const EASY = ['harbour', 'lanterns', 'fern', 'lighthouse', 'orchard', 'aurora'];

/**
 * A word that is likelier to find something: of several the last, which in
 * many languages is the thing itself; of one, another.
 * @param {string} keyword
 * @param {number} random 0 up to 1
 */
export function simpler(keyword, random) {
  const last = keyword.split(/\s+/).reverse().find((word) => /\p{L}/u.test(word));
  if (last && last !== keyword) return last;
  const others = EASY.filter((word) => word !== keyword.toLowerCase());
  return others[Math.floor(random * others.length)] ?? keyword;
}
