import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { report } from '../../../shared/features/reports/reports.model.ts';
import { createReportFacts } from '../../../tests/helpers/report-facts.ts';
import { createMemoryDatasets } from '../../../tests/helpers/eval-ports.ts';
import { createTestKit } from '../../../tests/helpers/test-kit.ts';
import { createAtomicFiles } from '../../adapters/files/atomic-files.ts';
import type { Ports } from '../../core/ports.ts';
import { createReportsService } from './reports.service.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function setUp(ports: Partial<Ports> = {}, text = '') {
  const facts = createReportFacts(text);
  const test = createTestKit({
    atomicFiles: createAtomicFiles(),
    clock: { now: () => Date.UTC(2026, 10, 20, 9, 41) },
    ...ports,
  });
  const service = createReportsService(test.kit, {
    jobs: { facts: () => facts.job },
    datasets: { ...createMemoryDatasets([]), facts: () => facts.dataset },
    evals: { facts: () => facts.evaluation },
    files: {
      require: () => {
        throw new Error('this test chooses no file');
      },
      requireDestination: (id) => ({ path: join(test.folder, id) }),
    },
  });
  await test.open();
  opened.push(test);
  return { ...test, service };
}

const both = { jobId: 'job-1', evalId: 'eval-1' };

describe('reports', () => {
  it('writes one file into the workspace and remembers it', async () => {
    const { service, folder, kit } = await setUp();
    const written = report.parse(await service.create(both, {}));
    expect(written.path.startsWith(join(folder, 'reports', 'ticket-triage-2026-11-20-'))).toBe(true);
    expect(readFileSync(written.path, 'utf8')).toContain('<h1>Ticket triage</h1>');
    expect(written).toMatchObject({ isPractice: true, title: 'Ticket triage', evalId: 'eval-1' });
    expect(await service.list({ jobId: 'job-1' }, {})).toEqual([written]);
    expect(await service.list({ jobId: 'other' }, {})).toEqual([]);
    const { db } = kit.workspace.require();
    expect(kit.events.page(db, null, 1)[0]?.label).toBe('write a report on “Ticket triage”');
  });

  it('makes a safe file name of any title', async () => {
    const { service, folder } = await setUp({}, '/../../etc/passwd\u0000 CON 日本');
    const written = await service.create(both, {});
    expect(written.path).toMatch(/\/reports\/[a-z0-9-]+\.html$/);
    expect(written.path.startsWith(join(folder, 'reports'))).toBe(true);
  });

  it('saves a copy where the user chose, and nothing when the user changed their mind', async () => {
    const places: (string | null)[] = [];
    const dialogs = {
      openFile: async () => null,
      openFolder: async () => null,
      saveFile: async () => places.shift() ?? null,
    };
    const { service, folder } = await setUp({ dialogs });
    const { reportId, path } = await service.create(both, {});
    const copy = join(folder, 'copy.html');
    places.push(copy, null);
    expect(await service.saveCopy({ reportId, destinationId: null }, {})).toEqual({ path: copy });
    expect(readFileSync(copy)).toEqual(readFileSync(path));
    expect(await service.saveCopy({ reportId, destinationId: null }, {})).toEqual({ path: null });
  });

  it('refuses a file that was changed or is gone, and an unknown one', async () => {
    const { service } = await setUp();
    const { reportId, path } = await service.create(both, {});
    writeFileSync(path, `${readFileSync(path, 'utf8')}<script>alert(1)</script>`);
    await expect(service.open({ reportId }, {})).rejects.toMatchObject({
      code: 'REPORT_FAILED',
      data: { what: 'This report was changed after it was written.' },
    });
    await expect(service.open({ reportId: 'nope' }, {})).rejects.toMatchObject({ code: 'REPORT_FAILED' });
  });

  it('saves a copy to a place the user typed', async () => {
    const { service, folder } = await setUp();
    const { reportId, path } = await service.create(both, {});
    const saved = await service.saveCopy({ reportId, destinationId: 'typed.html' }, {});
    expect(saved).toEqual({ path: join(folder, 'typed.html') });
    expect(readFileSync(join(folder, 'typed.html'))).toEqual(readFileSync(path));
  });

  it('opens what was written, and says where it lies when nothing opens it', async () => {
    const shown: string[] = [];
    let hasBrowser = true;
    const opener = {
      async open(path: string) {
        shown.push(path);
        return hasBrowser;
      },
    };
    const { service } = await setUp({ opener });
    const { reportId, path } = await service.create(both, {});
    expect(await service.open({ reportId }, {})).toEqual({});
    expect(shown).toEqual([path]);
    hasBrowser = false;
    await expect(service.open({ reportId }, {})).rejects.toMatchObject({
      data: { todo: `Open this file in a browser: ${path}` },
    });
  });

  it('refuses an evaluation of another run', async () => {
    const { service } = await setUp();
    await expect(service.create({ jobId: 'job-2', evalId: 'eval-1' }, {})).rejects.toMatchObject({
      code: 'EVAL_NOT_FOUND',
    });
  });

  it('says what is wrong when it cannot be written, and lists no report then', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const { service, folder } = await setUp({ atomicFiles: { write: () => Promise.reject(full) } });
    await expect(service.create(both, {})).rejects.toMatchObject({
      code: 'REPORT_FAILED',
      data: { what: 'The report could not be written: the disk is full.' },
    });
    expect(await service.list({ jobId: null }, {})).toEqual([]);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });
});
