import type { Kit } from '../../core/kit.ts';
import type { ScanInput } from './scan.job.ts';

const scanTaskKind = 'privacy.scan';

type ScanParams = { readonly datasetId: string };

/** Starts scans as tasks; one that was cut off goes on where it stopped, since every looked-at example is written down. */
export function createScans(kit: Kit) {
  kit.tasks.register<ScanParams>(scanTaskKind, {
    afterCrash: 'resume',
    async run(context) {
      const { params, workspace, signal } = context;
      const input: ScanInput = { store: workspace.address, datasetId: params.datasetId, at: kit.clock.now() };
      await kit.workers.run('privacy.scan', input, {
        signal,
        lockWriter: () => workspace.lockWriter(),
        onProgress: ({ done, total, message }) =>
          context.progress({ done, total, message, unit: 'examples' }),
      });
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
