import type { QualityState } from '../../../shared/features/quality/quality.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { chartWords, codeWords, severityTones } from './quality-words.ts';

/** Something the tab can show: a check, a picture, or one of the fixed subjects. */
export type Topic = {
  id: string;
  title: string;
  tone: Tone | null;
  count: number | null;
  /** Share of the examples it is about, drawn as a small bar; null where it is about none in particular. */
  share: number | null;
};
export type TopicList = { title: string; topics: Topic[] };

/** What was found, then what the data set is like, then what it is held against. */
export function topicsOf({ profile, fit }: QualityState): TopicList[] {
  if (!profile) return [];
  const todo = profile.checks.map(({ code, severity, examples }) => ({
    id: `check:${code}`,
    title: codeWords(code).title,
    tone: severityTones[severity],
    count: examples > 0 ? examples : null,
    share: examples > 0 ? examples / Math.max(1, profile.examples) : null,
  }));
  if (profile.groups.exact.groups > 0) {
    todo.splice(profile.checks.filter(({ severity }) => severity === 'error').length, 0, {
      id: 'check:exact',
      title: 'Exact repeats',
      tone: 'amber',
      count: profile.groups.exact.repeats,
      share: profile.groups.exact.repeats / Math.max(1, profile.examples),
    });
  }
  const worst = fit.some(({ verdict }) => verdict === 'large')
    ? 'ruby'
    : fit.some(({ verdict }) => verdict === 'moderate')
      ? 'amber'
      : null;
  return [
    { title: 'What was found', topics: todo },
    {
      title: 'What it is made of',
      topics: [
        { id: 'overview', title: 'Overview', tone: null, count: null, share: null },
        ...profile.charts.map(({ id, bars, otherValues }) => ({
          id: `chart:${id}`,
          title: chartWords[id].title,
          tone: null,
          count: kindOf(profile, id) === 'histogram' ? null : bars.length + otherValues,
          share: null,
        })),
        ...(profile.shifts.length > 0
          ? [{ id: 'splits', title: 'Splits compared', tone: null, count: null, share: null }]
          : []),
        ...(profile.diversity
          ? [{ id: 'diversity', title: 'Diversity', tone: null, count: null, share: null }]
          : []),
      ],
    },
    {
      title: 'Held against',
      topics: [
        { id: 'production', title: 'Production', tone: worst, count: null, share: null },
        { id: 'glossary', title: 'Words and glossary', tone: null, count: null, share: null },
      ],
    },
  ];
}

function kindOf(profile: NonNullable<QualityState['profile']>, id: string): string {
  return profile.charts.find((chart) => chart.id === id)?.kind ?? 'bars';
}
