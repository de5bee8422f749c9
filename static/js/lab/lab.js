// The lab's entry: one frame of the visitor's own, and the experiments on it.

import { find } from '../dom.js';
import * as demos from './demos.js';
import { Network } from './network.js';
import * as page from './page.js';
import { token } from './parts.js';
import { present } from './present.js';
import { Race } from './race.js';
import { Six } from './six.js';
import { Trouble } from './trouble.js';
import { Up } from './up.js';
import { Wave } from './wave.js';
import { Way } from './way.js';
import { Wire } from './wire.js';

/** Kept for a reload, so that the stream can be seen to go on. */
const KEY = 'lab-frame';

function ownFrame() {
  try {
    const known = sessionStorage.getItem(KEY);
    if (known) return known;
    const fresh = `lab-${token(10)}`;
    sessionStorage.setItem(KEY, fresh);
    return fresh;
  } catch {
    return `lab-${token(10)}`; // storage is switched off
  }
}

const frame = ownFrame();
const { dataset } = document.documentElement;
dataset.js = '';
page.curls();
find('lab-frame', HTMLElement).textContent = frame;
find('wire-curl', HTMLElement).textContent = `curl -N '${location.origin}/subscribe?frame=${frame}'`;
find('up-curl', HTMLElement).textContent = `curl -d keyword=harbour '${location.origin}/publish?frame=${frame}'`;
for (const id of ['join-code', 'join-link']) find(id, HTMLAnchorElement).href = `/f/${frame}`;
find('join-qr', HTMLImageElement).src = `/qr.svg?frame=${frame}`;

const wire = new Wire(frame);
const up = new Up(frame, wire);
new Way(frame, wire, up);
new Wave(frame, wire);
new Race(frame, wire);
new Trouble(frame);
new Six(frame, wire);
new Network();
wire.start();
demos.start();
if ('present' in dataset) present();
else page.sections();
page.spy();
