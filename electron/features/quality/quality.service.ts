import type { qualityContract } from '../../../shared/features/quality/quality.contract.ts';
import { withProduction } from '../../../shared/features/quality/production.rules.ts';
import {
  type AnalysisSettings,
  type QualityState,
  usualSettings,
} from '../../../shared/features/quality/quality.model.ts';
import type { DatasetStates, ExampleLookup } from '../../core/dataset-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskKind } from '../../core/tasks.ts';
import type { AnalyseInput } from './analyse.job.ts';
import { createComparing } from './comparing.ts';
import { findComparison } from './comparisons.sql.ts';
import { createProductionHandlers, fitOf, type ProductionRequires } from './production.ts';
import {
  countGroups,
  findProduction,
  findProfile,
  groupMembers,
  groupPage,
  setProfileRevision,
  type StoredProfile,
} from './quality.sql.ts';
import type { RepeatsInput } from './small.jobs.ts';
import { createTermHandlers } from './terms.ts';

type QualityHandlers = Handlers<typeof qualityContract>;

export type QualityRequires = Omit<ProductionRequires, 'lookAgain'> & {
  readonly states: Pick<DatasetStates, 'revisionOf'>;
  readonly lookup: ExampleLookup;
};

const analyseKind = 'quality.analyse';
type AnalyseParams = { readonly datasetId: string; readonly settings: AnalysisSettings };
const shownMembers = 50;

/** What a data set is made of and what is wrong with it beyond its format. */
export function createQualityService(kit: Kit, requires: QualityRequires) {
  const get = createStateReader(kit, requires);
  const analysing = createAnalysing(kit, requires);
  const handlers: QualityHandlers = {
    get,
    analyse: analysing.analyse,
    ...createGroupHandlers(kit, requires, (datasetId) => analysing.again(datasetId)),
    ...createTermHandlers(kit),
    ...createProductionHandlers(kit, {
      ...requires,
      lookAgain: (datasetId) => analysing.again(datasetId),
    }),
  };
  return {
    handlers,
    duplicates: createComparing(kit, requires),
    /** What the scorecard says of the analysis. */
    reader: { state: (datasetId: string) => get({ datasetId }) },
    /** For what changes splits: where leaks are marked, they are looked for anew. */
    async afterSplit(datasetId: string): Promise<void> {
      const { db } = kit.workspace.require();
      const groups = findProfile(db, datasetId)?.profile.groups;
      if (groups && groups.exact.leaks + groups.near.leaks > 0) await analysing.again(datasetId);
    },
  };
}

/** The last analysis with its age, held against production. */
function createStateReader(kit: Kit, requires: QualityRequires) {
  const isOutdated = createAgeCheck(kit);
  return async ({ datasetId }: { datasetId: string }): Promise<QualityState> => {
    const { db } = kit.workspace.require();
    requires.datasets.facts(datasetId);
    const stored = findProfile(db, datasetId);
    const production = findProduction(db, datasetId);
    const currentRevision = requires.states.revisionOf(db, datasetId) ?? 0;
    const isOld = stored !== null && (await isOutdated(datasetId, stored, currentRevision));
    const fit = stored && production ? fitOf(stored.profile, production) : [];
    return {
      profile: stored && { ...stored.profile, checks: withProduction(stored.profile.checks, fit) },
      analysedAt: stored?.analysedAt ?? null,
      revision: stored && !isOld ? currentRevision : (stored?.revision ?? null),
      currentRevision,
      isOutdated: isOld,
      comparison: findComparison(db, datasetId),
      production,
      fit,
    };
  };
}

/** Starts analyses; at most one of a data set at a time. */
function createAnalysing(kit: Kit, requires: QualityRequires) {
  kit.tasks.register(analyseKind, createAnalyseTask(kit, requires));
  const runningOf = (datasetId: string) =>
    kit.tasks
      .list()
      .find(
        ({ kind, subject, endedAt, state }) =>
          kind === analyseKind && subject?.id === datasetId && endedAt === null && state !== 'cancelling',
      );
  const analyse: QualityHandlers['analyse'] = async ({ datasetId, settings }) => {
    const { name, exampleCount } = requires.datasets.facts(datasetId);
    const running = runningOf(datasetId);
    if (running) return { taskId: running.id };
    const last = findProfile(kit.workspace.require().db, datasetId)?.profile.settings;
    const taskId = await kit.tasks.start<AnalyseParams>({
      kind: analyseKind,
      title: `Analyse “${name}”`,
      params: { datasetId, settings: settings ?? last ?? usualSettings },
      subject: { feature: 'quality', id: datasetId },
      total: exampleCount,
      unit: '',
    });
    return { taskId };
  };
  return {
    analyse,
    /** Looks anew at a data set that was analysed before; what runs now looks at what is gone and is stopped. */
    async again(datasetId: string): Promise<void> {
      if (!findProfile(kit.workspace.require().db, datasetId)) return;
      const running = runningOf(datasetId);
      if (running) await kit.tasks.cancel(running.id);
      await analyse({ datasetId, settings: null }, {});
    },
  };
}

function createAnalyseTask(kit: Kit, requires: QualityRequires): TaskKind<AnalyseParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      const { params, workspace, signal } = context;
      const { exampleCount } = requires.datasets.facts(params.datasetId);
      const input: AnalyseInput = {
        store: workspace.address,
        ...params,
        examples: exampleCount,
        at: kit.clock.now(),
      };
      await kit.workers.run('quality.analyse', input, {
        signal,
        lockWriter: () => workspace.lockWriter(),
        onProgress: ({ done, total, message }) => context.progress({ done, total, message, unit: '' }),
      });
      kit.changes.emit('quality');
      kit.changes.emit('datasets');
    },
  };
}

/**
 * Whether examples or splits changed since an analysis. The revision also grows with tags and marks, so a new one is
 * looked into once; when nothing that counts has changed, the analysis is as new as the data set.
 */
function createAgeCheck(kit: Kit) {
  const known = new Map<string, { revision: number; isOutdated: boolean }>();
  return async (datasetId: string, stored: StoredProfile, revision: number): Promise<boolean> => {
    if (stored.revision === revision) return false;
    const session = kit.workspace.require();
    const key = `${datasetId} ${stored.analysedAt}`;
    const found = known.get(key);
    if (found?.revision === revision) return found.isOutdated;
    const now = await kit.workers.run<{ stateHash: Uint8Array; revision: number }>('quality.state', {
      store: session.address,
      datasetId,
    });
    const isOutdated = !Buffer.from(now.stateHash).equals(stored.stateHash);
    known.set(key, { revision: now.revision, isOutdated });
    if (!isOutdated) await session.write((db) => setProfileRevision(db, datasetId, now.revision));
    return isOutdated;
  };
}

function createGroupHandlers(
  kit: Kit,
  requires: QualityRequires,
  lookAgain: (datasetId: string) => Promise<void>,
): Pick<QualityHandlers, 'groups' | 'keepOne'> {
  return {
    groups({ datasetId, kind, start, limit }) {
      const { db } = kit.workspace.require();
      requires.datasets.facts(datasetId);
      const total = countGroups(db, { datasetId, kind });
      const groups = groupPage(db, { datasetId, kind }, { start, limit }).map((group) => {
        const members = groupMembers(db, { datasetId, kind, ordinal: group.ordinal }, shownMembers);
        const found = requires.lookup(
          db,
          members.map(({ exampleId }) => exampleId),
        );
        return {
          ...group,
          kind,
          members: members.flatMap(({ exampleId, length }) => {
            const now = found.get(exampleId);
            return now
              ? [{ exampleId, length, position: now.position, split: now.split, isDeleted: now.isDeleted }]
              : [];
          }),
        };
      });
      return { total, groups };
    },
    async keepOne({ datasetId, kind, ordinals, keep }) {
      requires.datasets.facts(datasetId);
      const session = kit.workspace.require();
      const input: RepeatsInput = { store: session.address, datasetId, kind, ordinals, keep };
      const { exampleIds } = await kit.workers.run<{ exampleIds: number[] }>('quality.repeats', input);
      const what = kind === 'exact' ? 'exact repeats' : 'near duplicates';
      await requires.remover.remove({ datasetId, exampleIds, what });
      kit.changes.emit('quality');
      if (exampleIds.length > 0) await lookAgain(datasetId);
      return { deleted: exampleIds.length };
    },
  };
}
