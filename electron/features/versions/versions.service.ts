import { v7 as uuidv7 } from 'uuid';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import type { versionsContract } from '../../../shared/features/versions/versions.contract.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetStates, SpoolImporter, VersionKeeper, VersionReader } from '../../core/dataset-ports.ts';
import type { DatasetReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext } from '../../core/tasks.ts';
import { createBranching } from './branch.task.ts';
import { createDiffHandlers } from './diff.ts';
import type { FreezeInput, FreezeResult } from './freeze.job.ts';
import { registerOperations, type RestoreInput } from './restore.job.ts';
import type { VerifyInput, VerifyResult } from './verify.job.ts';
import { requireVersion } from './version-lookup.ts';
import {
  branchOf,
  findVersion,
  listVersions,
  newestVersion,
  stateOfVersion,
  toVersion,
} from './versions.sql.ts';

type VersionHandlers = Handlers<typeof versionsContract>;

export type VersionRequires = {
  readonly datasets: Pick<DatasetReader, 'facts'>;
  readonly states: DatasetStates;
  readonly importer: SpoolImporter;
  readonly methodOf: (datasetId: string) => Method;
  /** What keeps a data set from being frozen, e.g. missing approvals; null when nothing does. */
  readonly reviewBlock: (datasetId: string) => { what: string; todo: string } | null;
};

const freezeKind = 'versions.freeze';
const restoreKind = 'versions.restore';
type FreezeParams = { readonly datasetId: string; readonly versionId: string; readonly message: string };
type RestoreParams = { readonly versionId: string; readonly keptId: string; readonly datasetId: string };

function createReader(kit: Kit): VersionReader {
  return {
    read(versionId) {
      const { db } = kit.workspace.require();
      const row = requireVersion(db, versionId);
      return {
        datasetId: row.dataset_id,
        number: row.number ?? 0,
        method: row.method,
        state: stateOfVersion(db, row),
      };
    },
  };
}

/** Frozen states of data sets; `keeper` names the data of jobs and evaluations. */
export function createVersionsService(
  kit: Kit,
  requires: VersionRequires,
): { handlers: VersionHandlers; keeper: VersionKeeper; reader: VersionReader } {
  registerOperations(kit.events, requires.states);
  const freezing = createFreezing(kit, requires);
  return {
    reader: createReader(kit),
    keeper: {
      async pin(datasetId, origin) {
        const { versionId } = await freezing.freeze({
          datasetId,
          versionId: uuidv7(),
          origin,
          message: origin === 'job' ? 'trained on' : 'evaluated with',
        });
        const { number, root } = toVersion(requireVersion(kit.workspace.require().db, versionId));
        return { versionId, number, root };
      },
    },
    handlers: {
      list({ datasetId }) {
        const { db } = kit.workspace.require();
        requires.datasets.facts(datasetId);
        const newest = newestVersion(db, datasetId);
        const origin = branchOf(db, datasetId);
        return {
          versions: listVersions(db, datasetId).map(toVersion),
          isChanged: newest?.revision !== requires.states.revisionOf(db, datasetId),
          branchedFrom: origin
            ? {
                versionId: origin.versionId,
                number: origin.number,
                datasetName: nameOf(requires, origin.datasetId),
              }
            : null,
        };
      },
      get: ({ versionId }) => toVersion(requireVersion(kit.workspace.require().db, versionId)),
      ...freezing.handlers,
      ...createRestoring(kit, requires),
      ...createBranching(kit, requires),
      verify({ versionId }, { signal }) {
        const session = kit.workspace.require();
        requireVersion(session.db, versionId);
        const input: VerifyInput = { store: session.address, versionId };
        return kit.workers.run<VerifyResult>('versions.verify', input, { signal });
      },
      ...createDiffHandlers(kit, requires.states),
    },
  };
}

/** The name of a data set; a deleted one has none to show. */
function nameOf({ datasets }: VersionRequires, datasetId: string): string {
  try {
    return datasets.facts(datasetId).name;
  } catch (error) {
    if (error instanceof AppFailure && error.code === 'DATASET_NOT_FOUND') return 'a deleted data set';
    throw error;
  }
}

function createFreezing(kit: Kit, requires: VersionRequires) {
  const freeze = async (
    wanted: Pick<FreezeInput, 'datasetId' | 'versionId' | 'origin' | 'message'>,
    context?: TaskContext<FreezeParams>,
  ): Promise<FreezeResult> => {
    const session = kit.workspace.require();
    const input: FreezeInput = { ...wanted, store: session.address, at: kit.clock.now() };
    const result = await kit.workers.run<FreezeResult>('versions.freeze', input, {
      signal: context?.signal,
      lockWriter: () => session.lockWriter(),
    });
    if (result.isNew) kit.changes.emit('datasets');
    return result;
  };
  kit.tasks.register<FreezeParams>(freezeKind, {
    afterCrash: 'resume',
    async run(context) {
      // The program may have died between the commit and the end of the task.
      if (findVersion(context.workspace.db, context.params.versionId)) return;
      await freeze({ ...context.params, origin: 'person' }, context);
    },
  });
  const handlers: Pick<VersionHandlers, 'freeze'> = {
    async freeze({ datasetId, message }) {
      const { name } = requires.datasets.facts(datasetId);
      const block = requires.reviewBlock(datasetId);
      if (block) throw new AppFailure('NOT_REVIEWED', { ...block, retry: 'never' });
      const params: FreezeParams = { datasetId, versionId: uuidv7(), message };
      return { taskId: await startTask(kit, { kind: freezeKind, title: `Freeze ${name}`, params }) };
    },
  };
  return { freeze, handlers };
}

function startTask<Params extends { datasetId: string }>(
  kit: Kit,
  task: { kind: string; title: string; params: Params },
): Promise<string> {
  return kit.tasks.start({
    ...task,
    subject: { feature: 'versions', id: task.params.datasetId },
    unit: 'examples',
  });
}

function createRestoring(kit: Kit, requires: VersionRequires): Pick<VersionHandlers, 'restore'> {
  kit.tasks.register<RestoreParams>(restoreKind, {
    afterCrash: 'resume',
    async run({ params, workspace }) {
      if (findVersion(workspace.db, params.keptId)) return;
      const input: RestoreInput = { store: workspace.address, ...params, at: kit.clock.now() };
      await kit.workers.run('versions.restore', input, { lockWriter: () => workspace.lockWriter() });
      kit.changes.emit('datasets');
    },
  });
  return {
    async restore({ versionId }) {
      const row = requireVersion(kit.workspace.require().db, versionId);
      const { name } = requires.datasets.facts(row.dataset_id);
      const params: RestoreParams = { versionId, keptId: uuidv7(), datasetId: row.dataset_id };
      const title = `Restore version ${row.number ?? 0} of ${name}`;
      return { taskId: await startTask(kit, { kind: restoreKind, title, params }) };
    },
  };
}
