import type { ChangeKind, DiffSummary, Version } from '../../../shared/features/versions/versions.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { formatCount } from '../../ui/format.ts';

/** Each kind of change with its word, its sign and its tone; the sign says it without colour. */
export const changeWords: Readonly<Record<ChangeKind, { word: string; sign: string; tone: Tone }>> = {
  added: { word: 'Added', sign: '+', tone: 'emerald' },
  removed: { word: 'Removed', sign: '−', tone: 'ruby' },
  changed: { word: 'Changed', sign: '≠', tone: 'amber' },
  moved: { word: 'Moved', sign: '⇄', tone: 'quartz' },
};

/** The kinds in the order they are shown. */
export const changeKinds: readonly ChangeKind[] = ['added', 'removed', 'changed', 'moved'];

/** How many examples differ. */
export function differing(summary: DiffSummary): number {
  return summary.added + summary.removed + summary.changed + summary.moved;
}

/** Why a version was made, when no person did it. */
export function originWords(version: Version): string | null {
  if (version.origin === 'job') return 'frozen for a job';
  return version.origin === 'evaluation' ? 'frozen for an evaluation' : null;
}

/** The splits of a version in words: `80 train · 20 validation`. */
export function splitWords({ splitCounts }: Version): string {
  const named = (['train', 'validation', 'test'] as const).filter((split) => splitCounts[split] > 0);
  if (named.length === 0) return 'not split';
  return named.map((split) => formatCount(splitCounts[split], split, split)).join(' · ');
}
