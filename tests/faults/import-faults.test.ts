import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';
import { writeCorpus } from '../bench/corpus.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const examples = 1500;

describe('an import that is killed', () => {
  let temp: ReturnType<typeof createTempFolder>;
  const app = () =>
    createTestCore({
      secrets: createMemorySecrets('Keys are kept by the test.'),
      appFolder: join(temp.folder, 'app'),
    });

  beforeEach(async () => {
    temp = createTempFolder();
    mkdirSync(join(temp.folder, 'app'));
    writeCorpus(join(temp.folder, 'corpus.jsonl'), examples, { seed: 7 });
    const first = app();
    await first.client.workspaces.create({ name: 'Test', folder: join(temp.folder, 'ws') });
    await first.close();
  });
  afterEach(() => temp.remove());

  /** Starts an import in another process and kills it when it says `word`, or after the nth line. */
  const killAt = (word: string, file = 'corpus.jsonl'): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [
        join(import.meta.dirname, 'import-program.ts'),
        join(temp.folder, 'ws'),
        join(temp.folder, file),
      ]);
      let errors = '';
      child.stderr.on('data', (chunk: Buffer) => {
        errors += chunk.toString();
      });
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes(word)) child.kill('SIGKILL');
      });
      child.on('exit', (code, signal) =>
        signal === 'SIGKILL' || code === 0 ? resolve() : reject(new Error(`exit ${code}: ${errors}`)),
      );
    });

  /** Opens the workspace again, waits for what goes on by itself, and looks that all rows are there, once. */
  const isWholeAfterwards = async (rows: number): Promise<void> => {
    const next = app();
    const { client } = next;
    await client.workspaces.open({ folder: join(temp.folder, 'ws'), recoveryPhrase: null });
    for await (const tasks of await client.activity.watch()) {
      if (tasks.every(({ endedAt }) => endedAt !== null)) {
        // What looks for repeats and indexes the text comes after the import itself.
        expect(new Set(tasks.map(({ state }) => state))).toEqual(new Set(['succeeded']));
        break;
      }
    }
    const [dataset, ...more] = await client.datasets.list();
    expect(more).toEqual([]);
    expect(dataset?.lineCount).toBe(rows);
    expect((dataset?.exampleCount ?? 0) + (dataset?.quarantinedCount ?? 0)).toBe(rows);
    const staging = join(temp.folder, 'ws', 'staging');
    expect(existsSync(staging) ? readdirSync(staging) : []).toEqual([]);
    await next.close();
  };

  test.each(['started', 'Reading', 'Writing', 'succeeded'])(
    'at “%s” is done again from the file, whole',
    async (word) => {
      await killAt(word);
      await isWholeAfterwards(examples);
    },
  );

  test.each(['started', 'Reading and converting', 'Reading', 'Writing', 'succeeded'])(
    'of rows that have to be converted, at “%s”, is done again from the file, whole',
    async (word) => {
      const row = (at: number) => `question ${at} ${'x'.repeat(400)},answer ${at}\n`;
      const rows = Array.from({ length: 6000 }, (_, at) => row(at));
      writeFileSync(join(temp.folder, 'mails.csv'), `question,answer\n${rows.join('')}only asked\n`);
      await killAt(word, 'mails.csv');
      await isWholeAfterwards(6001);
    },
  );
});
