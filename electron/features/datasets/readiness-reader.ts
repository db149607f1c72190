import type { ReadinessFacts } from '../../../shared/features/quality/readiness.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ReadinessReader } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { LookInput } from './look.job.ts';
import { operations } from './operations.ts';
import { requireDataset } from './reader.ts';

const lookTaskKind = 'datasets.look';

/** Counts for the scorecard, the look at all rows as a task, and the grader of a data set. */
export function createReadinessReader(kit: Kit): ReadinessReader {
  kit.tasks.register<{ datasetId: string }>(lookTaskKind, {
    afterCrash: 'resume',
    async run(context) {
      const { params, workspace, signal } = context;
      const input: LookInput = {
        store: workspace.address,
        datasetId: params.datasetId,
        at: kit.clock.now(),
      };
      await kit.workers.run('datasets.look', input, {
        signal,
        lockWriter: () => workspace.lockWriter(),
        onProgress: (one) => context.progress({ done: one.done, total: one.total }),
      });
      kit.changes.emit('datasets');
    },
  });
  return {
    async facts(datasetId) {
      const session = kit.workspace.require();
      requireDataset(session.db, datasetId);
      return kit.workers.run<ReadinessFacts>('datasets.readiness', { store: session.address, datasetId });
    },
    async look(datasetId) {
      const { name, line_count: total } = requireDataset(kit.workspace.require().db, datasetId);
      return {
        taskId: await kit.tasks.start({
          kind: lookTaskKind,
          title: `Compare the rows of ${name}`,
          params: { datasetId },
          subject: { feature: 'datasets', id: datasetId },
          total,
          unit: 'examples',
        }),
      };
    },
    async setGrader(datasetId, text) {
      const grader = text === null ? null : graderFrom(text);
      await kit.workspace.require().write((db) => {
        const row = requireDataset(db, datasetId);
        kit.events.run(db, {
          feature: 'datasets',
          kind: 'datasets.grader-set',
          label: grader === null ? `take the grader off “${row.name}”` : `name the grader of “${row.name}”`,
          forward: operations.setGrader(datasetId, grader),
          inverse: operations.setGrader(datasetId, row.grader),
        });
      });
      kit.changes.emit('datasets');
    },
  };
}

function graderFrom(text: string): string {
  let value: unknown;
  let why = 'it must be one object like {"type": "string_check", …}';
  try {
    value = JSON.parse(text);
  } catch (error) {
    why = error instanceof Error ? error.message : 'it cannot be read';
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  throw new AppFailure('INVALID_CONTENT', {
    what: `This is no grader: ${why}.`,
    todo: 'Paste the grader as JSON; nothing was changed.',
    retry: 'never',
  });
}
