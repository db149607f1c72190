import { useMemo } from 'react';
import {
  curveOf,
  type CurveName,
  judgeCurves,
  runningMean,
} from '../../../shared/features/jobs/curve.rules.ts';
import type { JobMetric } from '../../../shared/features/jobs/jobs.model.ts';
import type { Tone } from '../../ui/badge.tsx';
import { ToneIcon } from '../../ui/badge.tsx';
import { formatFixed, formatPercent } from '../../ui/format.ts';
import { type Line, LineChart, type LineMark } from '../../ui/line-chart.tsx';
import type { WatchedJob } from './jobs.queries.ts';

const fewestToSmooth = 60;

/** A line of a curve; a long training curve as its running mean, which its name then says. */
function lineOf(metrics: readonly JobMetric[], name: CurveName, look: Omit<Line, 'points'>): Line[] {
  const raw = curveOf(metrics, name);
  const width = raw.length < fewestToSmooth ? 1 : Math.round(raw.length / 20);
  const points = runningMean(raw, width).map(({ step, value }) => [step, value] as const);
  if (points.length === 0) return [];
  return [{ ...look, points, name: width > 1 ? `${look.name}, mean of ${width} steps` : look.name }];
}

/** The training and the validation line of one measure. */
function useBoth(metrics: readonly JobMetric[], train: CurveName, valid: CurveName): Line[] {
  return useMemo(
    () => [
      ...lineOf(metrics, train, { name: 'Training', tone: 1 }),
      ...lineOf(metrics, valid, { name: 'Validation', tone: 2, dash: 'dashed' }),
    ],
    [metrics, train, valid],
  );
}

const lossText = (value: number): string => formatFixed(value, 3);
const shareText = (value: number): string => formatPercent(value);

/** Loss and accuracy as they come in, with checkpoints on the axis and what the numbers say as a sentence. */
export function JobCurves({ seen }: { seen: WatchedJob }) {
  const { metrics, checkpoints, job } = seen;
  const verdict = useMemo(() => judgeCurves(metrics), [metrics]);
  const loss = useBoth(metrics, 'trainLoss', 'validLoss');
  const accuracy = useBoth(metrics, 'trainAccuracy', 'validAccuracy');
  const margin = useBoth(metrics, 'trainMargin', 'validMargin');
  const rewardAccuracy = useBoth(metrics, 'trainRewardAccuracy', 'validRewardAccuracy');
  const marks = useMemo((): LineMark[] => {
    const saved = checkpoints
      .filter((one) => one.stepNumber > 0)
      .map((one) => ({ x: one.stepNumber, label: 'checkpoint' }));
    return verdict?.kind === 'overfitting' ? [...saved, { x: verdict.step, label: 'best' }] : saved;
  }, [checkpoints, verdict]);
  const xMax = job.progress?.totalSteps ?? undefined;

  if (loss.length === 0) {
    return (
      <p className="flex h-72 items-center justify-center rounded-md border border-dashed border-line-strong text-sm text-muted">
        {job.endedAt === null ? 'The curves begin with the first step.' : 'No step of this job was reported.'}
      </p>
    );
  }
  return (
    <div className="space-y-4">
      <LineChart
        title="Loss"
        lines={loss}
        xName="step"
        yName="Loss"
        yText={lossText}
        marks={marks}
        xMax={xMax}
        height={300}
      />
      {verdict && <Verdict verdict={verdict} />}
      {accuracy.length > 0 && (
        <LineChart
          title={job.providerKind === 'practice' ? 'Accuracy, whole answers' : 'Token accuracy'}
          lines={accuracy}
          xName="step"
          yName="Accuracy"
          yText={shareText}
          xMax={xMax}
          yMax={1}
          fromZero
          height={180}
        />
      )}
      {margin.length > 0 && (
        <div className="grid gap-6 2xl:grid-cols-2">
          <div className="min-w-0">
            <LineChart
              title="Reward margin"
              lines={margin}
              xName="step"
              yName="Margin"
              yText={lossText}
              xMax={xMax}
              height={200}
            />
            <p className="mt-1 max-w-prose text-xs text-pretty text-muted">
              Beta × how much further the model has moved towards the preferred answers than towards the
              others, against the model it started from.
            </p>
          </div>
          {rewardAccuracy.length > 0 && (
            <div className="min-w-0">
              <LineChart
                title="Reward accuracy"
                lines={rewardAccuracy}
                xName="step"
                yName="Pairs"
                yText={shareText}
                xMax={xMax}
                yMax={1}
                fromZero
                height={200}
              />
              <p className="mt-1 max-w-prose text-xs text-pretty text-muted">
                Share of pairs with a margin above zero.
              </p>
            </div>
          )}
        </div>
      )}
    </div>
  );
}

const tones: Record<string, Tone> = {
  overfitting: 'amber',
  diverging: 'ruby',
  still_improving: 'accent',
  flat: 'neutral',
};

function Verdict({ verdict }: { verdict: NonNullable<ReturnType<typeof judgeCurves>> }) {
  const tone = tones[verdict.kind] ?? 'neutral';
  return (
    <p className="flex max-w-prose gap-2 text-sm text-pretty">
      <ToneIcon tone={tone} className="mt-0.5" />
      <span>{verdict.sentence}</span>
    </p>
  );
}
