import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// `npm run bench`: every measurement in a process of its own, one JSON object a line.
for (const bench of [
  'start.ts',
  'personal-data.ts',
  'tokens.ts',
  'parse.ts',
  'import.ts',
  'versions.ts',
  'exports.ts',
  'near-duplicates.ts',
  'ballots.ts',
  'preferences.ts',
  'window.ts',
  'judging.ts',
]) {
  const run = spawnSync(process.execPath, [join(import.meta.dirname, bench)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (run.status !== 0) process.exitCode = 1;
}
