import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';
import { copyWithoutSwc, cruise, judge, plant } from './cruise.ts';

/** One broken rule each: the rule's name, the file that breaks it, and its text. */
const planted: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['R1-shared-is-pure', 'shared/a1.ts', "import { core } from '../electron/core/fine.ts';\ncore();"],
  [
    'R1-shared-is-pure',
    'shared/a0.ts',
    "import type { C } from '../electron/core/fine.ts';\nexport type D = C;",
  ],
  ['R1-shared-pure-packages', 'shared/a2.ts', "import { v7 } from 'uuid';\nv7();"],
  ['R1-shared-pure-packages', 'shared/a3.ts', "import { readFileSync } from 'node:fs';\nreadFileSync('x');"],
  [
    'R2-renderer-stays-in-the-window',
    'renderer/b1.tsx',
    "import { core } from '../electron/core/fine.ts';\nexport const x = <p>{core()}</p>;",
  ],
  ['R2-renderer-no-node', 'renderer/b2.ts', "import { Hono } from 'hono';\nnew Hono();"],
  ['R2-renderer-no-core-modules', 'renderer/b3.ts', "import { join } from 'node:path';\njoin('x');"],
  ['R3-electron-only-in-shell', 'electron/core/c1.ts', "import { app } from 'electron';\napp.quit();"],
  [
    'R3-playwright-only-in-app-window',
    'electron/core/c2.ts',
    "import { chromium } from 'playwright-core';\nchromium.name();",
  ],
  [
    'R3-vendors-only-in-adapters',
    'electron/features/jobs/c3.ts',
    "import OpenAI from 'openai';\nnew OpenAI();",
  ],
  [
    'R3-vendors-only-in-adapters',
    'electron/core/c4.ts',
    "import Database from 'better-sqlite3';\nnew Database('x');",
  ],
  [
    'R4-core-reaches-no-window',
    'electron/adapters/d1.ts',
    "import { between } from '../between.ts';\nbetween();",
  ],
  [
    'R5-features-take-ports',
    'electron/features/jobs/e1.ts',
    "import { adapter } from '../../adapters/fine.ts';\nadapter();",
  ],
  [
    'R5-core-takes-ports',
    'electron/core/e2.ts',
    "import { adapter } from '../adapters/fine.ts';\nadapter();",
  ],
  [
    'R6-features-do-not-import-each-other',
    'electron/features/jobs/f1.ts',
    "import { evals } from '../evals/fine.ts';\nevals();",
  ],
  [
    'R6-features-do-not-import-each-other',
    'renderer/features/jobs/f2.tsx',
    "import { screen } from '../evals/fine.tsx';\nexport const y = <p>{screen}</p>;",
  ],
  [
    'R7-only-the-wiring-knows-all-features',
    'electron/core/g1.ts',
    "import { evals } from '../features/evals/fine.ts';\nevals();",
  ],
  [
    'R7-only-the-wiring-knows-all-features',
    'renderer/ui/g2.ts',
    "import { screen } from '../features/evals/fine.tsx';\nscreen;",
  ],
  [
    'R7-only-the-contract-knows-all-contracts',
    'shared/g3.ts',
    "import { contract } from './features/jobs/jobs.contract.ts';\ncontract;",
  ],
  ['R8-no-cycles', 'shared/h1.ts', "import { h2 } from './h2.ts';\nexport const h1 = () => h2();"],
  ['R8-no-orphans', 'shared/h3.ts', 'export const alone = 1;'],
  [
    'R9-preload-imports-electron-only',
    'electron/shell/preload.ts',
    "import { core } from '../core/fine.ts';\ncore();",
  ],
  ['unresolvable', 'shared/i1.ts', "import { nowhere } from './nowhere.ts';\nnowhere();"],
];

/** Files that break nothing themselves. */
const ground = {
  'shared/h2.ts': "import { h1 } from './h1.ts';\nexport const h2 = (): unknown => h1();",
  'shared/features/jobs/jobs.contract.ts': "import { z } from 'zod';\nexport const contract = z.string();",
  'electron/between.ts': "import { shell } from './shell/fine.ts';\nexport const between = () => shell();",
  'electron/shell/fine.ts': "import { app } from 'electron';\nexport const shell = () => app.quit();",
  'electron/core/fine.ts': "import { v7 } from 'uuid';\nexport const core = () => v7();",
  'electron/adapters/fine.ts': "import OpenAI from 'openai';\nexport const adapter = () => new OpenAI();",
  'electron/features/evals/fine.ts': "import { z } from 'zod';\nexport const evals = () => z.string();",
  'renderer/features/evals/fine.tsx':
    "import { z } from 'zod';\nexport const screen = <p>{z.string().parse('x')}</p>;",
};

describe('dependency rules', () => {
  let temp: ReturnType<typeof createTempFolder>;
  beforeEach(() => {
    temp = createTempFolder();
  });
  afterEach(() => temp.remove());

  it('hold in this project, with enough looked at', () => {
    expect(judge(cruise(projectFolder))).toEqual([]);
  });

  it('are red for each planted violation and for nothing else', () => {
    plant(temp.folder, { ...ground, ...Object.fromEntries(planted.map(([, file, text]) => [file, text])) });
    const found = cruise(temp.folder).violations.map(({ rule, from }) => `${rule} ${from}`);
    for (const [rule, file] of planted) expect(found).toContain(`${rule} ${file}`);
    const groundFiles = found.filter((line) => Object.keys(ground).some((file) => line.endsWith(` ${file}`)));
    expect(groundFiles).toEqual([]);
  });

  it('are red when the configuration no longer names swc', () => {
    copyWithoutSwc(temp.folder);
    expect(judge(cruise(temp.folder))).toContain('only 0 typeOnly were found');
  });
});
