// The lab's entry: one frame of the visitor's own, and the experiments on it.

import { find } from '../dom.js';
import * as demos from './demos.js';
import { Network } from './network.js';
import { token } from './parts.js';
import { Race } from './race.js';
import { Trouble } from './trouble.js';
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
document.documentElement.dataset.js = '';
demos.curls();
find('lab-frame', HTMLElement).textContent = frame;
find('wire-curl', HTMLElement).textContent = `curl -N '${location.origin}/subscribe?frame=${frame}'`;
find('up-curl', HTMLElement).textContent = `curl -d keyword=harbour '${location.origin}/publish?frame=${frame}'`;

const wire = new Wire(frame);
wire.start();
new Race(frame, wire);
new Trouble(frame);
new Network();
demos.start();
demos.spy();
