import { readFileSync, writeFileSync } from 'node:fs';
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

test('what is spooled is unreadable on the disk, and with its key the rows that came in', async () => {
  const path = join(temp.folder, 'a.jsonl');
  writeFileSync(
    path,
    '{"instruction":"my secret parcel","input":"","output":"Soon."}\n{"instruction":"only asked"}\n',
  );
  const keys = { spoolKey: newSpoolKey(), asideKey: newSpoolKey() };
  const place = { spool: join(temp.folder, 'spool'), aside: join(temp.folder, 'aside') };
  const done = await createConvertJob({ openSource, codecs: Object.values(codecs) })(
    {
      files: [{ path, name: 'a.jsonl' }],
      recipe: {
        read: readAsFound,
        shaping: { kind: 'shape', shape: 'alpaca' },
        system: null,
        provenance: unknownProvenance,
      },
      ...place,
      ...keys,
    },
    { progress: () => {}, isCancelled: () => false, lockWriter: async () => () => {} },
  );
  expect(done).toMatchObject({ examples: 1, setAside: 1 });
  const [spool, aside] = [readFileSync(place.spool), readFileSync(place.aside)];
  expect(spool.includes('parcel')).toBe(false);
  expect(aside.includes('asked')).toBe(false);
  expect(openSpool(keys.spoolKey).update(spool).toString()).toContain('my secret parcel');
  expect(openSpool(keys.asideKey).update(aside).toString()).toContain('only asked');
});
