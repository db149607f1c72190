import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCorpus } from '../../../tests/bench/corpus.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { shippedRules } from '../../../tests/helpers/provider-rules.ts';
import { createTestWorkers } from '../../../tests/helpers/test-workers.ts';
import { createTokenCounters } from '../../adapters/tokens/token-counters.ts';
import { checkFile } from './check-file.ts';
import { checkInThreads } from './check-in-threads.ts';

test('threads find what one thread finds, in the same order', async () => {
  const temp = createTempFolder();
  const workers = createTestWorkers();
  try {
    const path = join(temp.folder, 'c.jsonl');
    writeCorpus(path, 3000, { seed: 11 });
    const options = {
      method: 'sft' as const,
      rules: shippedRules('openai'),
      grader: null,
      readPicture: null,
      model: { id: 'gpt-4o-2024-08-06', exampleLimit: 1000 },
      spool: () => ({ put: () => {}, texts: () => [] }),
    };
    const alone = checkFile(path, { ...options, countText: createTokenCounters().counter('o200k_base') });
    const together = await checkInThreads(workers, path, options);
    const { findings, quarantined, ...rest } = together;
    expect({ ...rest, findings: [...findings], quarantined: [...quarantined] }).toEqual(alone);
    expect([findings.length, quarantined.length]).toEqual([alone.findings.length, alone.quarantined.length]);
    expect(alone.findings.length).toBeGreaterThan(50);
    expect(alone.quarantined.length).toBeGreaterThan(0);
    await expect(checkInThreads(workers, join(temp.folder, 'none'), options)).rejects.toThrow(/ENOENT/);
  } finally {
    await workers.close();
    temp.remove();
  }
});
