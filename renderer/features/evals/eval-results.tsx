import { useMemo } from 'react';
import type { EvalResult, GraderResult } from '../../../shared/features/evals/evals.model.ts';
import {
  formatDifference,
  formatRange,
  formatScore,
  withoutVerdict,
} from '../../../shared/features/evals/verdict.rules.ts';
import { cx } from '../../ui/class-names.ts';
import { ForestPlot, type ForestRow } from '../../ui/forest-plot.tsx';
import { Stat } from '../../ui/stat.tsx';

const leads = {
  better: { words: ['The tuned model is ', 'better', '.'], tone: 'text-emerald' },
  worse: { words: ['The tuned model is ', 'worse', '.'], tone: 'text-ruby' },
  no_evidence: { words: ['No ', 'evidence', ' of improvement.'], tone: '' },
} as const;

/** The verdict of the first grader: a sentence, three numbers, and the figures behind it. */
export function Verdict({ result }: { result: GraderResult }) {
  const { base, tuned, difference, isPassFail, grader, sentence } = result;
  const { words, tone } = leads[difference.verdict];
  const range = (measured: { low: number; high: number }): string =>
    `${formatScore(measured.low, isPassFail)} to ${formatScore(measured.high, isPassFail)}`;
  return (
    <div className="min-w-0 space-y-4">
      <h2 className="text-xl font-semibold tracking-tight text-balance">
        {words[0]}
        <span className={tone}>{words[1]}</span>
        {words[2]}
      </h2>
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        <Stat
          label={`Base, ${grader.name}`}
          value={formatScore(base.mean, isPassFail)}
          detail={range(base)}
        />
        <Stat
          label={`Tuned, ${grader.name}`}
          value={formatScore(tuned.mean, isPassFail)}
          detail={range(tuned)}
        />
        <Stat
          label={`Difference, n ${difference.n}`}
          value={formatDifference(difference.estimate, isPassFail)}
          detail={`95 % interval ${formatRange(difference.low, difference.high, isPassFail)}`}
        />
      </div>
      <p className="max-w-prose text-sm text-muted">{withoutVerdict(sentence)}</p>
    </div>
  );
}

const plotted = { better: 'better', worse: 'worse', no_evidence: 'open' } as const;
/** Whole where it can be, so that axes stay quiet: `20 %`, `13.2 %`. */
const percent = (value: number): string => formatScore(value, true).replace('.0 ', ' ');
const points = (value: number): string => formatDifference(value, true).replace(/(\.0)? points$/, '');

/** Base and tuned of every grader with intervals, and beside it the differences against zero. */
export function ForestPlots({ result, className }: { result: EvalResult; className?: string }) {
  const scores = useMemo(
    () =>
      result.graders.flatMap(({ grader, base, tuned }): ForestRow[] => [
        {
          label: `${grader.name}, base`,
          estimate: base.mean,
          low: base.low,
          high: base.high,
          n: base.n,
          // A ring in a quiet colour: base and tuned are told apart by shape too.
          verdict: 'open',
        },
        {
          label: `${grader.name}, tuned`,
          estimate: tuned.mean,
          low: tuned.low,
          high: tuned.high,
          n: tuned.n,
        },
      ]),
    [result.graders],
  );
  const differences = useMemo(
    () =>
      result.graders.map(
        ({ grader, difference }): ForestRow => ({
          label: grader.name,
          estimate: difference.estimate,
          low: difference.low,
          high: difference.high,
          n: difference.n,
          verdict: plotted[difference.verdict],
        }),
      ),
    [result.graders],
  );
  return (
    <div className={cx('grid min-w-0 gap-x-6 gap-y-4 @2xl:grid-cols-2', className)}>
      <ForestPlot
        title="Score (ring: base, disc: tuned)"
        rows={scores}
        valueName="score"
        valueText={percent}
        rowHeight={24}
      />
      <ForestPlot
        title="Difference, tuned minus base"
        rows={differences}
        valueName="difference in points"
        valueText={points}
        reference={0}
        rowHeight={24}
      />
    </div>
  );
}
