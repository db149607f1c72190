import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Dataset } from '../../shared/features/datasets/datasets.model.ts';
import type { Recipe } from '../../shared/features/imports/imports.model.ts';
import { unknownProvenance } from '../../shared/features/imports/provenance.model.ts';
import { readAsFound } from '../../shared/features/imports/read-choices.ts';
import { suggestMapping } from '../../shared/features/imports/suggest-mapping.rules.ts';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

const program = join(projectFolder, 'electron', 'cli', 'lapidary.mjs');
const mails = join(projectFolder, 'resources', 'demo', 'support-mails.csv');
const lapidary = (...argv: string[]) =>
  spawnSync(
    process.execPath,
    [program, 'import', ...argv, '--workspace', join(temp.folder, 'ws'), '--json'],
    {
      encoding: 'utf8',
      env: { ...process.env, LAPIDARY_HOME: join(temp.folder, 'home') },
    },
  );

test('a table of no known shape is refused with its columns, and taken with a recipe', () => {
  const refused = lapidary(mails);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('“customer_mail”');
  const mapping = { ...suggestMapping([]), user: '{{customer_mail}}', answer: '{{agent_reply}}' };
  const recipe: Recipe = {
    read: readAsFound,
    shaping: { kind: 'mapping', mapping },
    system: null,
    provenance: unknownProvenance,
  };
  const path = join(temp.folder, 'mails.recipe.json');
  writeFileSync(
    path,
    JSON.stringify({ format: 'lapidary-import-recipe', version: 1, name: 'Mails', recipe }),
  );
  const taken = lapidary(mails, '--recipe', path);
  expect(taken.stderr).toBe('');
  expect(taken.status).toBe(1);
  const dataset = JSON.parse(taken.stdout) as Dataset;
  expect(dataset).toMatchObject({ exampleCount: 29, quarantinedCount: 1, lineCount: 30 });
  writeFileSync(path, '{"format":"other"}');
  const wrong = lapidary(mails, '--recipe', path);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('is no import recipe');
});
