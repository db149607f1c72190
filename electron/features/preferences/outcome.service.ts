import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { outcomeContract } from '../../../shared/features/preferences/outcome.contract.ts';
import type { OutcomeCounts, OutcomePolicy } from '../../../shared/features/preferences/outcome.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { SpoolImporter } from '../../core/dataset-ports.ts';
import type { DatasetReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles } from '../../core/ports.ts';
import { newSpoolKey } from '../../core/spool-cipher.ts';
import type { TaskContext } from '../../core/tasks.ts';
import type { LineageInput } from './lineage.job.ts';
import type { CountInput, SpoolInput } from './outcome.job.ts';
import { dropOutcome, outcomesOf } from './outcome.sql.ts';
import { requireSet } from './sets.sql.ts';

type Requires = {
  readonly datasets: Pick<DatasetReader, 'facts'>;
  readonly importer: Pick<SpoolImporter, 'importSpool'>;
  readonly files: Pick<ChosenFiles, 'requireDestination'>;
};

const makeKind = 'preferences.make-dataset';
const lineageKind = 'preferences.lineage';
type MakeParams = {
  readonly setId: string;
  readonly datasetId: string;
  readonly name: string;
  readonly policy: OutcomePolicy;
};
type LineageParams = Omit<LineageInput, 'store'>;

/** What becomes of verdicts: a data set, and the account of where its rows come from. */
export function createOutcomeService(kit: Kit, requires: Requires): Handlers<typeof outcomeContract> {
  kit.tasks.register<MakeParams>(makeKind, {
    afterCrash: 'resume',
    run: (context) => makeDataset(kit, requires, context),
  });
  kit.tasks.register<LineageParams>(lineageKind, {
    afterCrash: 'resume',
    run: (context) => writeLineage(kit, context),
  });
  return {
    preview({ setId, policy }, { signal }) {
      const { db, address } = kit.workspace.require();
      requireSet(db, setId);
      const input: CountInput = { store: address, setId, policy };
      return kit.workers.run<OutcomeCounts>('preferences.count-outcome', input, { signal });
    },
    async makeDataset({ setId, policy, name }) {
      requireSet(kit.workspace.require().db, setId);
      const params: MakeParams = { setId, policy, name, datasetId: uuidv7() };
      const taskId = await kit.tasks.start<MakeParams>({
        kind: makeKind,
        title: `Make the data set “${name}” of verdicts`,
        params,
        subject: { feature: 'datasets', id: params.datasetId },
        unit: 'examples',
      });
      return { taskId, datasetId: params.datasetId };
    },
    made({ setId }) {
      const { db } = kit.workspace.require();
      return outcomesOf(db, requireSet(db, setId).key).flatMap((one) => {
        const datasetName = nameOf(requires, one.datasetId);
        return datasetName === null ? [] : [{ ...one, datasetName }];
      });
    },
    async exportLineage({ setId, datasetId, withNames, destinationId }) {
      const { db } = kit.workspace.require();
      const { name } = requires.datasets.facts(datasetId);
      requireMade(outcomesOf(db, requireSet(db, setId).key), datasetId);
      const { path } = requires.files.requireDestination(destinationId);
      const taskId = await kit.tasks.start<LineageParams>({
        kind: lineageKind,
        title: `Write where the rows of “${name}” come from`,
        params: { datasetId, withNames, path },
        subject: { feature: 'preferences', id: setId },
        unit: 'examples',
      });
      return { taskId };
    },
  };
}

async function makeDataset(kit: Kit, requires: Requires, context: TaskContext<MakeParams>): Promise<void> {
  const { params, workspace } = context;
  const { setId, datasetId, name, policy } = params;
  // The program may have died between the commit and the end of the task.
  if (nameOf(requires, datasetId) !== null) return;
  const folder = join(workspace.folder, 'staging');
  const path = join(folder, `verdicts-${datasetId}.jsonl`);
  mkdirSync(folder, { recursive: true });
  try {
    // Known to this run only: after a crash the rows are written anew, and what was written cannot be read.
    const key = newSpoolKey();
    const input: SpoolInput = {
      store: workspace.address,
      setId,
      policy,
      datasetId,
      path,
      key,
      at: kit.clock.now(),
    };
    await kit.workers.run('preferences.spool-outcome', input, {
      signal: context.signal,
      lockWriter: () => workspace.lockWriter(),
      onProgress: ({ done, total }) => context.progress({ done, total, unit: 'examples' }),
    });
    const sourceName = `${requireSet(workspace.db, setId).name}.jsonl`;
    await requires.importer.importSpool(
      { datasetId, path, key, name, sourceName, method: policy.method },
      context,
    );
    kit.changes.emit('preferences');
  } catch (error) {
    await workspace.write((db) => dropOutcome(db, datasetId));
    throw error;
  } finally {
    rmSync(path, { force: true });
  }
}

async function writeLineage(kit: Kit, context: TaskContext<LineageParams>): Promise<void> {
  const input: LineageInput = { ...context.params, store: context.workspace.address };
  await kit.workers.run('preferences.lineage', input, {
    signal: context.signal,
    onProgress: ({ done, total }) => context.progress({ done, total, unit: 'examples' }),
  });
}

/** The name of a data set; null for one that is not there (any more). */
function nameOf({ datasets }: Requires, datasetId: string): string | null {
  try {
    return datasets.facts(datasetId).name;
  } catch (error) {
    if (error instanceof AppFailure && error.code === 'DATASET_NOT_FOUND') return null;
    throw error;
  }
}

function requireMade(made: readonly { datasetId: string }[], datasetId: string): void {
  if (made.some((one) => one.datasetId === datasetId)) return;
  throw new AppFailure('DATASET_NOT_FOUND', {
    what: 'This data set was not made of this set.',
    todo: 'Choose one of those that were.',
    retry: 'never',
  });
}
