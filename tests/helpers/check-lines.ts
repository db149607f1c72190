import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPicture } from '../../electron/adapters/pictures/read-picture.ts';
import { checkFile } from '../../electron/features/datasets/check-file.ts';
import type { CheckMethod, FileCheck } from '../../shared/features/datasets/file-check.ts';
import { shippedRules } from './provider-rules.ts';
import { createTempFolder } from './test-kit.ts';

/** How a file is checked in a test; the usual rules where nothing is said. */
export type CheckAs = { method: CheckMethod; provider?: string; grader?: unknown; exampleLimit?: number };

/** Checks a file on the disk, a word counting as a token. */
export function checkPath(path: string, as: CheckAs): FileCheck {
  return checkFile(path, {
    method: as.method,
    rules: shippedRules(as.provider ?? 'openai'),
    grader: as.grader ?? null,
    readPicture,
    model: { id: 'gpt-4o-2024-08-06', exampleLimit: as.exampleLimit ?? 65_536 },
    countText: (text) => text.split(' ').length,
  });
}

/** Checks rows as a file; a text is taken as a line, anything else as its JSON. */
export function checkRows(rows: readonly unknown[], as: CheckAs): FileCheck {
  const temp = createTempFolder();
  try {
    const path = join(temp.folder, 'rows.jsonl');
    const lines = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
    writeFileSync(path, `${lines.join('\n')}\n`);
    return checkPath(path, as);
  } finally {
    temp.remove();
  }
}
