import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { codecs } from '../../../shared/features/formats/formats.registry.ts';
import { unknownProvenance } from '../../../shared/features/imports/provenance.model.ts';
import { readAsFound } from '../../../shared/features/imports/read-choices.ts';
import { openSource } from '../../adapters/readers/open-source.ts';
import { newSpoolKey, openSpool } from '../../core/spool-cipher.ts';
import { createConvertJob } from './convert.job.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

function convert(path: string, place: { spool: string; aside: string }) {
  const keys = { spoolKey: newSpoolKey(), asideKey: newSpoolKey() };
  const recipe = {
    read: readAsFound,
    shaping: { kind: 'shape', shape: 'alpaca' },
    system: null,
    provenance: unknownProvenance,
  } as const;
  const done = createConvertJob({ openSource, codecs: Object.values(codecs) })(
    { files: [{ path, name: 'a.jsonl' }], recipe, ...place, ...keys },
    { progress: () => {}, isCancelled: () => false, lockWriter: async () => () => {} },
  );
  return { done, keys };
}

test('what is spooled is unreadable on the disk, and with its key the rows that came in', async () => {
  const path = join(temp.folder, 'a.jsonl');
  writeFileSync(
    path,
    '{"instruction":"my secret parcel","input":"","output":"Soon."}\n{"instruction":"only asked"}\n',
  );
  const place = { spool: join(temp.folder, 'spool'), aside: join(temp.folder, 'aside') };
  const { done, keys } = convert(path, place);
  expect(await done).toMatchObject({ examples: 1, setAside: 1 });
  const [spool, aside] = [readFileSync(place.spool), readFileSync(place.aside)];
  expect(spool.includes('parcel')).toBe(false);
  expect(aside.includes('asked')).toBe(false);
  expect(openSpool(keys.spoolKey).update(spool).toString()).toContain('my secret parcel');
  expect(openSpool(keys.asideKey).update(aside).toString()).toContain('only asked');
});

/** A device of Linux on which every write says that the disk is full. */
const fullDisk = '/dev/full';

test.skipIf(!existsSync(fullDisk))(
  'a disk that fills up says what to do, at once or at the end',
  async () => {
    const path = join(temp.folder, 'b.jsonl');
    const row = JSON.stringify({ instruction: 'a', input: '', output: 'b'.repeat(1000) });
    for (const rows of [1, 20_000]) {
      writeFileSync(path, `${row}\n`.repeat(rows));
      const { done } = convert(path, { spool: fullDisk, aside: join(temp.folder, 'aside') });
      await expect(done).rejects.toMatchObject({ code: 'DISK_FULL', data: { retry: 'later' } });
    }
  },
);
