import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { methodOfFile } from '../../electron/features/datasets/method-of-file.ts';
import type { Method } from '../../shared/features/datasets/datasets.model.ts';
import { checkPath } from '../helpers/check-lines.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Public data sets that a provider has trained on; the project does not ship them. */
const files: readonly [file: string, method: Method, rows: number][] = [
  ['dpo-orca/validation.jsonl', 'dpo', 284],
  ['rft-countdown/train.jsonl', 'rft', 100],
  ['rft-countdown/validation.jsonl', 'rft', 50],
  ['sft-tools-stock/train.jsonl', 'sft', 86],
];

describe.skipIf(!existsSync(folder))('data that a provider accepted (skipped without ../shared/data)', () => {
  test.each(files)('%s has no error', (file, method, rows) => {
    expect(methodOfFile(`${folder}${file}`)).toBe(method);
    const grader: unknown =
      method === 'rft' ? JSON.parse(readFileSync(`${folder}rft-countdown/grader.json`, 'utf8')) : null;
    for (const provider of ['openai', 'azure']) {
      const check = checkPath(`${folder}${file}`, { method, provider, grader });
      expect(check.accepted).toBe(rows);
      expect(check.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  test('a grader that reads a field the rows do not have is found out in every row', () => {
    const grader = { type: 'string_check', input: '{{sample.output_text}}', reference: '{{item.solution}}' };
    const { findings } = checkPath(`${folder}rft-countdown/train.jsonl`, { method: 'rft', grader });
    expect(findings.filter(({ code }) => code === 'item_field_missing')).toHaveLength(100);
  });
});
