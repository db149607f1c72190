import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter } from '../../../shared/features/datasets/filter.model.ts';
import type { ExportChoice } from '../../../shared/features/exports/exports.model.ts';
import { endingOf, type ExportTarget } from '../../../shared/features/formats/targets.model.ts';
import { formatCount } from '../../ui/format.ts';

/** One answer to the question which examples leave. */
export type PartOption = { value: string; label: string; description: string; which: ExportChoice };

const splitNames = {
  train: 'Train',
  validation: 'Validation',
  test: 'Test',
  unassigned: 'Without a split',
} as const;

/** The parts of a data set that can be exported: all of it, what is filtered, and each split that has examples. */
export function partOptions(dataset: Dataset, filter: ExampleFilter | null): readonly PartOption[] {
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
  return [all, ...(filter === null ? [] : [filtered(filter)]), ...ofSplits];
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
