// Imported first: ends the page's modules before they begin where the browser is
// older than the oldest they are written for, so that floor.js takes over. A
// browser that is older still does not even read them.

// Chromium 92, Firefox 90 and Safari 15.4 are the first with this; all else that
// the modules and the style sheets cannot do without they had by then.
if (!('at' in Array.prototype) || !CSS.supports('aspect-ratio', '1')) throw new Error('This browser gets the plain page.');
