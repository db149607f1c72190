import { expect, test } from 'vitest';
import { runHeavyFiles } from './heavy-files.ts';

test('long lines, deep nesting and many findings: every command ends, and every row is accounted for', () => {
  expect(runHeavyFiles({ lineBytes: 20 * 1024 * 1024, depth: 1_000_000, findings: 3000 })).toEqual([]);
}, 240_000);
