import { availableParallelism } from 'node:os';
import { rulesVersion } from '../../../shared/features/privacy/detect/rule-table.ts';
import type { Kit } from '../../core/kit.ts';
import { scanState } from './privacy.sql.ts';
import type { FinishInput, ScanInput } from './scan.job.ts';

const scanTaskKind = 'privacy.scan';

/** A thread costs a third of a second and 60 MB, which fewer examples are not worth. */
const examplesPerThread = 5_000;
const maxThreads = 4;

/** How many threads share the work. */
export function threadsFor(examples: number): number {
  return Math.max(1, Math.min(maxThreads, availableParallelism(), Math.floor(examples / examplesPerThread)));
}

type ScanParams = { readonly datasetId: string };

/** Starts scans as tasks; one that was cut off goes on where it stopped, since every looked-at example is written down. */
export function createScans(kit: Kit) {
  kit.tasks.register<ScanParams>(scanTaskKind, {
    afterCrash: 'resume',
    async run(context) {
      const { params, workspace, signal } = context;
      const { datasetId } = params;
      const store = workspace.address;
      const unscanned = scanState(workspace.db, datasetId, rulesVersion)?.unscanned ?? 0;
      const of = threadsFor(unscanned);
      const lockWriter = (): Promise<() => void> => workspace.lockWriter();
      const done = Array.from({ length: of }, () => 0);
      const scanShare = (index: number): Promise<unknown> =>
        kit.workers.run('privacy.scan', { store, datasetId, share: { index, of } } satisfies ScanInput, {
          signal,
          lockWriter,
          onProgress(progress) {
            done[index] = progress.done;
            const sum = done.reduce((all, one) => all + one, 0);
            context.progress({ done: sum, total: unscanned, message: progress.message, unit: 'examples' });
          },
        });
      // All shares come to their end before a failure is told, so that none writes on behind it.
      const ends = await Promise.allSettled(done.map((_, index) => scanShare(index)));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      await kit.workers.run(
        'privacy.finish-scan',
        { store, datasetId, at: kit.clock.now() } satisfies FinishInput,
        {
          lockWriter,
        },
      );
      kit.changes.emit('privacy');
      kit.changes.emit('datasets');
    },
  });
  const start = (datasetId: string, name: string): Promise<string> =>
    kit.tasks.start<ScanParams>({
      kind: scanTaskKind,
      title: `Look for personal data in ${name}`,
      params: { datasetId },
      subject: { feature: 'privacy', id: datasetId },
      unit: 'examples',
    });
  return {
    start,
    /** Looks at what a rewriting made, once it has ended; a failure is only logged, since the next scan makes up for it. */
    startAfter(taskId: string, { datasetId, name }: { datasetId: string; name: string }): void {
      const follow = async (): Promise<void> => {
        await kit.tasks.ended(taskId);
        kit.changes.emit('privacy');
        if (kit.workspace.get()) await start(datasetId, name);
      };
      follow().catch((error: unknown) =>
        kit.log.warn('the scan after a change did not start', { error: String(error) }),
      );
    },
  };
}
