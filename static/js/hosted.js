// What the frame's host has set, said quietly.

/**
 * Says whether the host lets pictures come.
 * @param {HTMLElement} chip
 * @param {{frozen?: boolean, approve?: boolean}} set
 */
export function writeHosted(chip, { frozen, approve }) {
  chip.hidden = !frozen && !approve;
  const choice = approve ? 'The host chooses what hangs' : '';
  chip.textContent = frozen ? 'Frozen by the host' : choice;
}
