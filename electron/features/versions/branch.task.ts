import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { v7 as uuidv7 } from 'uuid';
import type { versionsContract } from '../../../shared/features/versions/versions.contract.ts';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetStates, SpoolImporter } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import { newSpoolKey, sealSpool } from '../../core/spool-cipher.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext } from '../../core/tasks.ts';
import { requireVersion } from './version-lookup.ts';
import { branchOf, insertBranch, stateOfVersion } from './versions.sql.ts';

const branchKind = 'versions.branch';
type BranchParams = { readonly versionId: string; readonly datasetId: string; readonly name: string };
type Requires = {
  readonly states: DatasetStates;
  readonly importer: SpoolImporter;
  readonly methodOf: (datasetId: string) => Method;
};

const newLine = Buffer.from('\n');
const linesBetweenTurns = 500;

/** Branching: a version's lines are written out and imported as a data set of their own, with their splits. */
export function createBranching(
  kit: Kit,
  requires: Requires,
): Pick<Handlers<typeof versionsContract>, 'branch'> {
  kit.tasks.register<BranchParams>(branchKind, {
    afterCrash: 'resume',
    run: (context) => branch(kit, requires, context),
  });
  return {
    async branch({ versionId, name }) {
      const row = requireVersion(kit.workspace.require().db, versionId);
      const params: BranchParams = { versionId, name, datasetId: uuidv7() };
      const taskId = await kit.tasks.start({
        kind: branchKind,
        title: `Branch ${name} from version ${row.number ?? 0}`,
        params,
        subject: { feature: 'datasets', id: params.datasetId },
        unit: 'bytes',
      });
      return { taskId, datasetId: params.datasetId };
    },
  };
}

async function branch(kit: Kit, requires: Requires, context: TaskContext<BranchParams>): Promise<void> {
  const { params, workspace } = context;
  const row = requireVersion(workspace.db, params.versionId);
  const state = stateOfVersion(workspace.db, row);
  const folder = join(workspace.folder, 'staging');
  // An import clears away what begins with its data set.
  const path = join(folder, `branch-${params.datasetId}.jsonl`);
  mkdirSync(folder, { recursive: true });
  try {
    if (requires.states.revisionOf(workspace.db, params.datasetId) === null) {
      // Known to this run only: after a crash the branch begins anew, and what was written cannot be read.
      const key = newSpoolKey();
      await writeLines(requires.states, context, { path, key, contentIds: state.contentIds });
      const sourceName = `version ${row.number ?? 0}.jsonl`;
      const { datasetId, name } = params;
      const method = row.method ?? requires.methodOf(row.dataset_id);
      await requires.importer.importSpool({ datasetId, path, key, name, sourceName, method }, context);
    }
    if (branchOf(workspace.db, params.datasetId)) return;
    if (state.splits.some((split) => split > 0)) {
      await requires.importer.assignSplits(params.datasetId, state.splits);
    }
    await workspace.write((db) => insertBranch(db, params.datasetId, params.versionId));
    kit.changes.emit('datasets');
  } finally {
    rmSync(path, { force: true });
  }
}

async function writeLines(
  states: DatasetStates,
  context: TaskContext<BranchParams>,
  { path, key, contentIds }: { path: string; key: string; contentIds: Uint32Array },
): Promise<void> {
  const lines = async function* (): AsyncGenerator<Uint8Array, void, void> {
    let at = 0;
    for (const bytes of states.bytesOf(context.workspace.db, contentIds)) {
      yield bytes;
      yield newLine;
      at += 1;
      if (at % linesBetweenTurns !== 0) continue;
      context.progress({ done: at, total: contentIds.length, unit: 'examples', message: 'Copying' });
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  try {
    await pipeline(lines, sealSpool(key), createWriteStream(path), { signal: context.signal });
  } catch (error) {
    throw context.signal.aborted ? cancelled() : error;
  }
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The branch was cancelled.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}
