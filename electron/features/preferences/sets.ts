import { v7 as uuidv7 } from 'uuid';
import type { preferencesContract } from '../../../shared/features/preferences/preferences.contract.ts';
import type {
  PreferenceSet,
  PreferenceSource,
} from '../../../shared/features/preferences/preferences.model.ts';
import type { DatasetReader, EvalReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { NewEvent, Operation } from '../../core/event-log.ts';
import type { ChosenFiles, Db } from '../../core/ports.ts';
import { requireGeneration } from './generation.sql.ts';
import { nameOfGenerated } from './generation.plan.ts';
import { makeSet } from './make-set.ts';
import { setOperations } from './set-operations.ts';
import { findSet, listSets, type NewSet, requireSet, type SetRow, toSet } from './sets.sql.ts';
import type { ResolvedSource } from './sources.ts';

export type PreferenceRequires = {
  readonly datasets: Pick<DatasetReader, 'facts'>;
  readonly evals: EvalReader;
  readonly files: ChosenFiles;
};

type Sets = Pick<
  Handlers<typeof preferencesContract>,
  | 'list'
  | 'get'
  | 'preview'
  | 'create'
  | 'rename'
  | 'remove'
  | 'close'
  | 'reopen'
  | 'unblind'
  | 'assign'
  | 'reorder'
>;

const createKind = 'preferences.create';
type CreateParams = { readonly set: NewSet; readonly source: ResolvedSource; readonly total: number };

/** Sets of pairs: made, named, closed, dealt out, removed. */
export function createSets(kit: Kit, requires: PreferenceRequires): Sets {
  const inWorker = createWorkerChange(kit);
  return {
    list() {
      const { db } = kit.workspace.require();
      return listSets(db).map((row) => toSet(db, row));
    },
    get({ setId }) {
      const { db } = kit.workspace.require();
      return toSet(db, requireSet(db, setId));
    },
    ...createMaking(kit, requires),
    ...createChanging(kit),
    assign: ({ setId, reviewers, reviewersPerPair }) =>
      inWorker('preferences.deal', setId, { reviewers, reviewersPerPair }),
    reorder: ({ setId, order }) => inWorker('preferences.reorder', setId, { order }),
  };
}

function createMaking(kit: Kit, requires: PreferenceRequires): Pick<Sets, 'preview' | 'create'> {
  registerCreateTask(kit);
  return {
    async preview({ source, kind }, { signal }) {
      const { address, db } = kit.workspace.require();
      const { resolved, sourceName } = resolveSource(requires, source, db);
      const found = await kit.workers.run<Omit<Awaited<ReturnType<Sets['preview']>>, 'sourceName'>>(
        'preferences.preview',
        { store: address, kind, source: resolved },
        { signal },
      );
      return { sourceName, ...found };
    },
    async create({ name, kind, source, settings }) {
      const { db } = kit.workspace.require();
      const { resolved, sourceName, total } = resolveSource(requires, source, db);
      const setId = uuidv7();
      const set: NewSet = { setId, name, kind, source, sourceName, settings, at: kit.clock.now() };
      const taskId = await kit.tasks.start<CreateParams>({
        kind: createKind,
        title: `Make the set “${name}”`,
        params: { set, source: resolved, total },
        subject: { feature: 'preferences', id: setId },
        total,
        unit: resolved.kind === 'file' ? 'bytes' : 'examples',
      });
      return { taskId, setId };
    },
  };
}

function registerCreateTask(kit: Kit): void {
  kit.tasks.register<CreateParams>(createKind, {
    afterCrash: 'resume',
    async run(context) {
      await makeSet(kit, context, context.params);
    },
  });
}

function createChanging(kit: Kit): Pick<Sets, 'rename' | 'remove' | 'close' | 'reopen' | 'unblind'> {
  const change = createChange(kit);
  return {
    rename: ({ setId, name }) =>
      change(setId, (row) => ({
        kind: 'preferences.set-renamed',
        label: `rename the set “${row.name}”`,
        forward: setOperations.rename(setId, name),
        inverse: setOperations.rename(setId, row.name),
      })),
    async remove({ setId }) {
      const { name } = requireSet(kit.workspace.require().db, setId);
      await change(setId, () => ({
        kind: 'preferences.set-removed',
        label: `remove the set “${name}”`,
        forward: setOperations.hide(setId, kit.clock.now()),
        inverse: setOperations.show(setId),
      }));
      return { name };
    },
    close: ({ setId }) => change(setId, (row) => closing(row, kit.clock.now())),
    reopen: ({ setId }) => change(setId, (row) => closing(row, null)),
    unblind: ({ setId }) =>
      change(setId, (row) =>
        row.unblinded_at !== null
          ? null
          : {
              kind: 'preferences.set-unblinded',
              label: `show the sources of “${row.name}”`,
              forward: setOperations.unblind(setId, kit.clock.now()),
              // What was seen cannot be made unseen.
              inverse: null,
            },
      ),
  };
}

function closing(row: SetRow, at: number | null): Change | null {
  if ((row.closed_at === null) === (at === null)) return null;
  return {
    kind: at === null ? 'preferences.set-reopened' : 'preferences.set-closed',
    label: `${at === null ? 'open' : 'close'} the queue of “${row.name}”`,
    forward: setOperations.close(row.id, at),
    inverse: setOperations.close(row.id, row.closed_at),
  };
}

type Change = Omit<NewEvent, 'feature'> & { forward: Operation };

/** Makes one undoable change of a set (or none), and answers the set as it is then. */
function createChange(
  kit: Kit,
): (setId: string, changeOf: (row: SetRow, db: Db) => Change | null) => Promise<PreferenceSet> {
  return async (setId, changeOf) => {
    const set = await kit.workspace.require().write((db) => {
      const change = changeOf(requireSet(db, setId), db);
      if (change) kit.events.run(db, { feature: 'preferences', ...change });
      const row = findSet(db, setId);
      if (!row) throw new Error(`no set ${setId}`);
      return toSet(db, row);
    });
    kit.changes.emit('preferences');
    return set;
  };
}

/** A change of many pairs, made by a worker job as one event. */
function createWorkerChange(kit: Kit) {
  return async (job: string, setId: string, input: object): Promise<PreferenceSet> => {
    const session = kit.workspace.require();
    requireSet(session.db, setId);
    await kit.workers.run(
      job,
      { ...input, setId, store: session.address, at: kit.clock.now() },
      { lockWriter: () => session.lockWriter() },
    );
    kit.changes.emit('preferences');
    return toSet(session.db, requireSet(session.db, setId));
  };
}

/** Looks up what a source names; `total` is in examples, for files in bytes. */
function resolveSource(
  { datasets, evals, files }: PreferenceRequires,
  source: PreferenceSource,
  db: Db,
): { resolved: ResolvedSource; sourceName: string; total: number } {
  if (source.kind === 'dataset') {
    const { name, exampleCount } = datasets.facts(source.datasetId);
    return {
      resolved: { kind: 'dataset', datasetId: source.datasetId, name },
      sourceName: name,
      total: exampleCount,
    };
  }
  if (source.kind === 'two_datasets') {
    const [one, other] = [datasets.facts(source.datasetIds[0]), datasets.facts(source.datasetIds[1])];
    return {
      resolved: { kind: 'two_datasets', datasetIds: source.datasetIds, names: [one.name, other.name] },
      sourceName: `${one.name} and ${other.name}`,
      total: Math.max(one.exampleCount, other.exampleCount),
    };
  }
  if (source.kind === 'evaluation') {
    const facts = evals.facts(source.evalId);
    const models = [facts.baseModel, facts.tunedModel] as const;
    return {
      resolved: { kind: 'evaluation', evalId: source.evalId, models },
      sourceName: facts.name,
      total: facts.itemCount,
    };
  }
  if (source.kind === 'generated') {
    const { generationId, request, datasetName, prompts } = requireGeneration(db, source.generationId);
    return {
      resolved: { kind: 'generated', generationId, request },
      sourceName: nameOfGenerated(datasetName, request.models.length),
      total: prompts,
    };
  }
  const { path, name, sizeBytes } = files.require(source.fileId);
  return { resolved: { kind: 'file', path, sizeBytes }, sourceName: name, total: sizeBytes };
}
