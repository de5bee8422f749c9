// What the frame's host has set, and what waits for its turn, said quietly.

import { quote } from './dom.js';

/**
 * Says whether the host lets pictures come.
 * @param {HTMLElement} chip
 * @param {{frozen?: boolean, approve?: boolean}} set
 */
export function writeHosted(chip, { frozen, approve }) {
  chip.hidden = !frozen && !approve;
  chip.textContent = frozen ? 'Frozen by the host' : 'The host chooses what hangs';
}

/**
 * Says which word comes next.
 * @param {HTMLElement} chip
 * @param {{waiting: {keyword: string}[], more: number}} line
 */
export function writeNext(chip, { waiting, more }) {
  const [next, ...others] = waiting;
  const rest = others.length + more;
  chip.hidden = !next;
  chip.textContent = next ? `Next: ${quote(next.keyword)}${rest ? `, then ${rest} more` : ''}` : '';
}
