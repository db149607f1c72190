import { balanceTo } from '../../../shared/features/quality/balance.rules.ts';
import type { qualityContract } from '../../../shared/features/quality/quality.contract.ts';
import type {
  ProductionTarget,
  QualityChart,
  QualityProfile,
  ShiftResult,
} from '../../../shared/features/quality/quality.model.ts';
import { shiftBetween } from '../../../shared/features/quality/shift.rules.ts';
import type { ExampleRemover } from '../../core/dataset-ports.ts';
import type { DatasetReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles } from '../../core/ports.ts';
import { findProduction, findProfile, setProduction } from './quality.sql.ts';
import type { SurplusInput } from './small.jobs.ts';

const comparedFacets = ['labels', 'formats', 'languages', 'systemPrompts', 'tools', 'answerKeys'] as const;

/** Typed shares stand for a sample of so many: one in ten thousand is as fine as anybody types. */
const typedSample = 10_000;

/** How a data set and production are apart, for every facet that both know. */
export function fitOf(profile: QualityProfile, target: ProductionTarget): ShiftResult[] {
  return comparedFacets.flatMap((facet) => {
    const own = profile.charts.find(({ id }) => id === facet);
    const wanted = target.charts.find(({ id }) => id === facet);
    if (!own || !wanted) return [];
    const names = [...new Set([...own.bars, ...wanted.bars].map(({ name }) => name))];
    const counts = (chart: QualityChart): number[] => [
      ...names.map((name) => chart.bars.find((bar) => bar.name === name)?.count ?? 0),
      chart.otherExamples,
    ];
    return [{ facet, ...shiftBetween(counts(own), counts(wanted)) }];
  });
}

type ProductionHandlers = Pick<
  Handlers<typeof qualityContract>,
  'readSample' | 'setTargets' | 'previewBalance' | 'balance'
>;

export type ProductionRequires = {
  readonly datasets: Pick<DatasetReader, 'facts'>;
  readonly files: Pick<ChosenFiles, 'require'>;
  readonly remover: ExampleRemover;
  /** Analyses what is left after a change. */
  lookAgain(datasetId: string): Promise<void>;
};

/** What production looks like, and re-balancing to it. */
export function createProductionHandlers(kit: Kit, requires: ProductionRequires): ProductionHandlers {
  const store = createTargetStore(kit);
  return {
    async readSample({ datasetId, fileId }, { signal }) {
      requires.datasets.facts(datasetId);
      const { path, name } = requires.files.require(fileId);
      const found = await kit.workers.run<{ examples: number; charts: QualityChart[] }>(
        'quality.sample',
        { path },
        { signal },
      );
      const target: ProductionTarget = {
        source: { kind: 'sample', name, examples: found.examples },
        charts: found.charts,
      };
      await store(datasetId, target);
      return target;
    },
    async setTargets({ datasetId, shares }) {
      requires.datasets.facts(datasetId);
      await store(datasetId, shares.length === 0 ? null : typedTarget(shares));
      return {};
    },
    ...createBalanceHandlers(kit, requires),
  };
}

/** Writes down what production looks like, as an event that can be undone. */
function createTargetStore(kit: Kit) {
  type Args = { datasetId: string; target: ProductionTarget | null };
  kit.events.register('quality.set-production', (db, { datasetId, target }: Args) =>
    setProduction(db, datasetId, target),
  );
  return async (datasetId: string, target: ProductionTarget | null): Promise<void> => {
    await kit.workspace.require().write((db) => {
      const set = (to: ProductionTarget | null) => ({
        kind: 'quality.set-production',
        args: { datasetId, target: to } satisfies Args,
      });
      kit.events.run(db, {
        feature: 'quality',
        kind: 'quality.production-set',
        label: target === null ? 'forget what production looks like' : 'set what production looks like',
        forward: set(target),
        inverse: set(findProduction(db, datasetId)),
      });
    });
    // What windows show of it hangs on the data set.
    kit.changes.emit('datasets');
  };
}

function labelCounts(charts: readonly QualityChart[] | undefined): Map<string, number> {
  const labels = charts?.find(({ id }) => id === 'labels');
  return new Map(labels?.bars.map(({ name, count }) => [name, count]) ?? []);
}

function createBalanceHandlers(
  kit: Kit,
  requires: ProductionRequires,
): Pick<ProductionHandlers, 'previewBalance' | 'balance'> {
  const rowsOf = (datasetId: string) => {
    const { db } = kit.workspace.require();
    requires.datasets.facts(datasetId);
    const own = labelCounts(findProfile(db, datasetId)?.profile.charts);
    return balanceTo(own, labelCounts(findProduction(db, datasetId)?.charts));
  };
  return {
    previewBalance({ datasetId }) {
      const rows = rowsOf(datasetId);
      return { rows, deleted: rows.reduce((sum, { have, keep }) => sum + have - keep, 0) };
    },
    async balance({ datasetId, seed }) {
      const input: SurplusInput = {
        store: kit.workspace.require().address,
        datasetId,
        keep: rowsOf(datasetId).map(({ name, keep }) => ({ name, keep })),
        seed,
      };
      const { exampleIds } = await kit.workers.run<{ exampleIds: number[] }>('quality.surplus', input);
      await requires.remover.remove({ datasetId, exampleIds, what: 'examples to fit production' });
      kit.changes.emit('quality');
      if (exampleIds.length > 0) await requires.lookAgain(datasetId);
      return { deleted: exampleIds.length };
    },
  };
}

function typedTarget(shares: readonly { name: string; share: number }[]): ProductionTarget {
  const bars = shares.map(({ name, share }) => ({
    name,
    count: Math.round(share * typedSample),
    min: null,
    max: null,
  }));
  return {
    source: { kind: 'typed' },
    charts: [{ id: 'labels', kind: 'bars', bars, otherValues: 0, otherExamples: 0 }],
  };
}
