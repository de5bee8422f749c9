import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// npm install in this folder puts the compiler there; it writes nothing.
const compiler = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url));
const project = fileURLToPath(new URL('tsconfig.json', import.meta.url));

test('the types in the modules\' comments hold', () => {
  const { status, stdout, error } = spawnSync(process.execPath, [compiler, '--project', project], { encoding: 'utf8' });
  assert.ifError(error);
  assert.equal(status, 0, stdout);
});
