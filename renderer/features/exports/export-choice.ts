import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter } from '../../../shared/features/datasets/filter.model.ts';
import type { ExportChoice } from '../../../shared/features/exports/exports.model.ts';
import type { Version } from '../../../shared/features/versions/versions.model.ts';
import { endingOf, type ExportTarget } from '../../../shared/features/formats/targets.model.ts';
import { formatCount } from '../../ui/format.ts';

/** One answer to the question which examples leave. */
export type PartOption = { value: string; label: string; description: string; which: ExportChoice };

/** Older versions can be restored or branched first. */
const shownVersions = 3;

const splitNames = {
  train: 'Train',
  validation: 'Validation',
  test: 'Test',
  unassigned: 'Without a split',
} as const;

/** What can be exported: all as it is now, what is filtered, each split that has examples, and frozen versions. */
export function partOptions(
  dataset: Dataset,
  filter: ExampleFilter | null,
  versions: readonly Version[],
): readonly PartOption[] {
  const splits = (['train', 'validation', 'test', 'unassigned'] as const).filter(
    (part) => dataset.splitCounts[part] > 0 && dataset.splitCounts[part] < dataset.exampleCount,
  );
  const all: PartOption = {
    value: 'all',
    label: 'All examples',
    description: formatCount(dataset.exampleCount, 'example'),
    which: { kind: 'all' },
  };
  const filtered = (shown: ExampleFilter): PartOption => ({
    value: 'filter',
    label: 'What the filter shows',
    description: filterWords(shown),
    which: { kind: 'filter', filter: shown },
  });
  const ofSplits = splits.map(
    (part): PartOption => ({
      value: part,
      label: splitNames[part],
      description: formatCount(dataset.splitCounts[part], 'example'),
      which: { kind: 'splits', parts: [part] },
    }),
  );
  const ofVersions = versions.slice(0, shownVersions).map(
    (one): PartOption => ({
      value: `v${one.number}`,
      label: `Version ${one.number}`,
      description: `${formatCount(one.exampleCount, 'example')}, ${one.message}`,
      which: { kind: 'version', versionId: one.versionId },
    }),
  );
  return [all, ...(filter === null ? [] : [filtered(filter)]), ...ofSplits, ...ofVersions];
}

/** A filter in a few words. */
export function filterWords(filter: ExampleFilter): string {
  const { text, codes, severities, splits, tags, labels, roles, tools, statuses } = filter;
  const lists = [codes, severities, splits, tags, labels, roles, tools, statuses].flat();
  const words = [...(text === '' ? [] : [`“${text}”`]), ...lists];
  return words.length === 0 ? 'The examples that are listed now' : words.slice(0, 4).join(', ');
}

/** A file name for an export that every file system takes. */
export function suggestedName(dataset: Dataset, target: ExportTarget | undefined, part: string): string {
  const ending = target === undefined ? 'jsonl' : endingOf(target);
  const suffix = part === 'all' ? '' : `-${part}`;
  const format = target === undefined || target.name.startsWith('openai-') ? '' : `-${target.name}`;
  return `${dataset.name}${suffix}${format}.${ending}`.replace(/[\\/:*?"<>|]/g, '-');
}
