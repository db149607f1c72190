import type { PreferenceMeasure, PreferenceReport } from '../../shared/learner/preference-trainer.ts';
import type { StepReport } from '../../shared/learner/trainer.ts';
import type { PracticeMethod } from './jobs.sql.ts';

/** Names of the numbers in metrics events, checkpoints and result files (platform reference 1.1.3, 2.5). */
export type Metrics = Record<string, number>;

const columns: Readonly<Record<PracticeMethod, readonly string[]>> = {
  supervised: [
    'step',
    'train_loss',
    'train_mean_token_accuracy',
    'valid_loss',
    'valid_mean_token_accuracy',
    'full_valid_loss',
    'full_valid_mean_token_accuracy',
  ],
  dpo: [
    'step',
    'train_loss',
    'train_reward_margin',
    'train_reward_accuracy',
    'valid_loss',
    'valid_reward_margin',
    'valid_reward_accuracy',
    'full_valid_loss',
    'full_valid_reward_margin',
    'full_valid_reward_accuracy',
  ],
};

const mostEvents = 2000;

/** Whether a step becomes an event: all of a short run, evenly many of a long one, and every validation. */
export function isReported(report: StepReport | PreferenceReport): boolean {
  const every = Math.ceil(report.totalSteps / mostEvents);
  return report.step % every === 0 || report.valid !== null || report.step === report.totalSteps;
}

/** A step under the platform's names; accuracy is the share of answers ranked first, as whole answers, not tokens. */
export function toMetrics(report: StepReport): Metrics {
  return {
    step: report.step,
    total_steps: report.totalSteps,
    train_loss: report.trainLoss,
    train_mean_token_accuracy: report.trainAccuracy,
    ...(report.valid
      ? { valid_loss: report.valid.loss, valid_mean_token_accuracy: report.valid.accuracy }
      : {}),
    ...(report.fullValid
      ? {
          full_valid_loss: report.fullValid.loss,
          full_valid_mean_token_accuracy: report.fullValid.accuracy,
        }
      : {}),
  };
}

/**
 * A step of preference training. The platform documents no names for these (platform reference 1.1.3): ours follow its
 * pattern and the usual terms, reward margin and reward accuracy.
 */
export function toPreferenceMetrics(report: PreferenceReport): Metrics {
  const { step, totalSteps, train, valid, fullValid } = report;
  return {
    step,
    total_steps: totalSteps,
    ...named('train', train),
    ...(valid ? named('valid', valid) : {}),
    ...(fullValid ? named('full_valid', fullValid) : {}),
  };
}

function named(where: string, measured: PreferenceMeasure): Metrics {
  return {
    [`${where}_loss`]: measured.loss,
    [`${where}_reward_margin`]: measured.rewardMargin,
    [`${where}_reward_accuracy`]: measured.rewardAccuracy,
  };
}

/** `Step 300/300: training loss=0.15, validation loss=0.27, full validation loss=0.40`. */
export function stepMessage(metrics: Metrics): string {
  const parts = [`training loss=${show(metrics.train_loss)}`];
  if (metrics.valid_loss !== undefined) parts.push(`validation loss=${show(metrics.valid_loss)}`);
  if (metrics.full_valid_loss !== undefined) {
    parts.push(`full validation loss=${show(metrics.full_valid_loss)}`);
  }
  return `Step ${metrics.step}/${metrics.total_steps}: ${parts.join(', ')}`;
}

function show(value: number | undefined): string {
  const number = value ?? 0;
  return number >= 1e6 ? number.toExponential(2) : number.toFixed(2);
}

/** The result file of a job: one CSV line a reported step, empty where nothing was measured. */
export function toCsv(method: PracticeMethod, steps: readonly Metrics[]): string {
  const names = columns[method];
  const lines = steps.map((step) => names.map((column) => step[column] ?? '').join(','));
  return `${[names.join(','), ...lines].join('\n')}\n`;
}
