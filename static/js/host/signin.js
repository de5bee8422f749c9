// The form to sign in works without this. A link from another site does not bring
// the session along, so the form may be shown to somebody who is signed in.

import { address } from './data.js';

/** Set while the page is asked for again, so that this happens once. */
const TRIED = 'picture-frame host tried';

if (!sessionStorage.getItem(TRIED)) {
  const { ok } = await fetch(address('/host/desk'), { headers: { Accept: 'application/json' } }).catch(() => ({ ok: false }));
  if (ok) {
    sessionStorage.setItem(TRIED, '1');
    location.replace(location.href);
  }
}
