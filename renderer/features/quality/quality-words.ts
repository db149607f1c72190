import type { Severity } from '../../../shared/features/datasets/datasets.model.ts';
import { type QualityCode, qualityCodes } from '../../../shared/features/quality/quality-codes.ts';
import type {
  Comparison,
  QualityChart,
  ShiftResult,
} from '../../../shared/features/quality/quality.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/format.ts';

/** What the look for duplicates after an import found, as a sentence. */
export function comparisonText({ examples, exactGroups, nearGroups }: Comparison): string {
  const exact = formatCount(exactGroups, 'group');
  return `Of ${formatCount(examples, 'example')}, ${exact} of equal ones and ${formatCount(nearGroups, 'group')} of near duplicates were found after the import.`;
}

/** Words and advice of a check; of one a newer version made, the code itself. */
export function codeWords(code: string): QualityCode {
  const known: Readonly<Record<string, QualityCode>> = qualityCodes;
  return known[code] ?? { title: code, severity: 'info', advice: '', chart: null };
}

export const severityTones: Readonly<Record<Severity, Tone>> = {
  error: 'ruby',
  warning: 'amber',
  info: 'neutral',
};

type ChartWords = { title: string; unit: string; note: string };

/** What a picture shows, and what is to be known about how it was made. */
export const chartWords: Readonly<Record<QualityChart['id'], ChartWords>> = {
  labels: {
    title: 'Labels',
    unit: 'examples',
    note: 'A label is a short answer, a JSON answer with one such field, or the tool that is called.',
  },
  lengths: {
    title: 'Length',
    unit: 'examples',
    note: 'Characters of prompt and answer, without the system prompt.',
  },
  answerLengths: {
    title: 'Length of the answer',
    unit: 'examples',
    note: 'Characters of the last assistant message.',
  },
  turns: { title: 'Messages', unit: 'examples', note: 'Messages of an example, the system prompt included.' },
  languages: {
    title: 'Languages',
    unit: 'examples',
    note: 'Told by script and by little words; texts under 20 letters, mixtures and close relatives stay unknown or may be wrong.',
  },
  formats: {
    title: 'Format of the answer',
    unit: 'examples',
    note: 'Broken JSON begins like JSON and does not parse.',
  },
  answerKeys: {
    title: 'Keys of JSON answers',
    unit: 'examples',
    note: 'Sorted, so that their order does not count.',
  },
  tools: {
    title: 'Tools',
    unit: 'examples',
    note: 'Tools an example offers; one example may offer several.',
  },
  systemPrompts: {
    title: 'System prompts',
    unit: 'examples',
    note: 'Different ones by their beginning and length.',
  },
};

/** A facet as the subject of a sentence. */
export function facetTitle(facet: ShiftResult['facet']): string {
  return chartWords[facet].title;
}

const verdicts: Readonly<Record<ShiftResult['verdict'], { words: string; tone: Tone }>> = {
  alike: { words: 'alike', tone: 'emerald' },
  moderate: { words: 'moderate shift', tone: 'amber' },
  large: { words: 'large shift', tone: 'ruby' },
  too_few: { words: 'too few to tell', tone: 'neutral' },
};

/** What a shift comes to, in words. */
export function verdictWords(verdict: ShiftResult['verdict']): { words: string; tone: Tone } {
  return verdicts[verdict];
}

/** The address of the examples with a kind of finding. */
export function examplesHref(
  datasetId: string,
  filter: { code?: string; label?: string; open?: number },
): string {
  const search = new URLSearchParams({ tab: 'examples' });
  if (filter.code !== undefined) search.set('codes', JSON.stringify([filter.code]));
  if (filter.label !== undefined) search.set('labels', JSON.stringify([filter.label]));
  if (filter.open !== undefined) search.set('open', String(filter.open));
  return `/datasets/${datasetId}?${search.toString()}`;
}
