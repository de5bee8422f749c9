// Small helpers over the document.

/**
 * Finds an element that the page is known to have.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function find(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page lacks #${id}.`);
  return element;
}

/** Finds an element of any kind. @param {string} id */
export const element = (id) => find(id, HTMLElement);

/** Finds a button. @param {string} id */
export const button = (id) => find(id, HTMLButtonElement);

/**
 * Makes an element. Strings among its children become text, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} properties
 * @param {(Node|string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * Quotes what somebody typed so that its direction stays its own.
 * @param {string} text
 */
export function quote(text) {
  return `“${isolate(text)}”`;
}

/**
 * Makes marks of direction in somebody's text, such as U+202E, end with it, so that
 * what is said behind it is not turned round. A text without any stays as it is.
 * @param {string} text
 */
export function contain(text) {
  return /[\u202a-\u202e\u2066-\u2069]/.test(text) ? isolate(text) : text;
}

/**
 * The end of an isolate ends what has begun within it, unless the text has ends, or
 * beginnings, of its own.
 * @param {string} text
 */
function isolate(text) {
  return `\u2068${text.replace(/[\u2066-\u2069]/g, '')}\u2069`;
}

/**
 * Says something of an element to assistive technology. Older browsers know these
 * only as attributes.
 * @param {Element} element
 * @param {string} name without aria-
 * @param {string|boolean|null} value null takes it back
 */
export function aria(element, name, value) {
  if (value === null) element.removeAttribute(`aria-${name}`);
  else element.setAttribute(`aria-${name}`, String(value));
}
