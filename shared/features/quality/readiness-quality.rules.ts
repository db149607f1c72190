import { levelOf, line, plural, type ReadinessInput } from './readiness-line.ts';
import { type QualityCode, qualityCodes } from './quality-codes.ts';
import type { ReadinessLine, ReadinessStep } from './readiness.model.ts';

const codes: Readonly<Record<string, QualityCode>> = qualityCodes;

/** What to do about a finding of the quality analysis; null for one of another feature. */
export function adviceOn(code: string): string | null {
  return codes[code]?.advice ?? null;
}

/** The way to the picture and the groups of a finding, where the quality tab has them. */
export function topicSteps(code: string): ReadinessStep[] {
  if (!Object.hasOwn(codes, code)) return [];
  const details: ReadinessStep = { kind: 'tab', tab: 'quality', topic: `check:${code}` };
  return code === 'leakage' ? [details, { kind: 'split' }] : [details];
}

/** Whether the quality was analysed, and what the analysis says of the data set as a whole. */
export function qualityLines({ quality, facts }: ReadinessInput): ReadinessLine[] {
  if (facts.exampleCount === 0) return [];
  const steps: ReadinessStep[] = [{ kind: 'analyse' }];
  if (quality === null) {
    const detail =
      'Near duplicates, leaks between splits, contradictions and unfinished text are not known yet.';
    return [line('quality', 'advisable', { title: 'The quality has not been analysed', detail, steps })];
  }
  // What carries examples is said by their marks.
  const statements = quality.checks
    .filter(({ examples }) => examples === 0)
    .map(({ code, severity, message }) =>
      line(code, levelOf[severity], {
        title: codes[code]?.title ?? code,
        detail: [message, codes[code]?.advice].filter(Boolean).join(' '),
        steps: topicSteps(code),
      }),
    );
  if (quality.isOutdated) {
    const detail = 'Examples or splits were changed since; what it found may be settled.';
    return [
      line('quality', 'advisable', { title: 'The quality analysis is outdated', detail, steps }),
      ...statements,
    ];
  }
  const detail = `Duplicates, contradictions, leaks and texts of ${plural(facts.exampleCount, 'example')} were looked at.`;
  return [
    line('quality', 'fine', {
      title: 'The quality was analysed',
      detail,
      steps: [{ kind: 'tab', tab: 'quality' }],
    }),
    ...statements,
  ];
}
