import type { StepReport } from '../../shared/learner/trainer.ts';

/** Names of the numbers in metrics events, checkpoints and result files (platform reference 1.1.3, 2.5). */
export type Metrics = Record<string, number>;

const columns = [
  'step',
  'train_loss',
  'train_mean_token_accuracy',
  'valid_loss',
  'valid_mean_token_accuracy',
  'full_valid_loss',
  'full_valid_mean_token_accuracy',
] as const;

const mostEvents = 2000;

/** Whether a step becomes an event: all of a short run, evenly many of a long one, and every validation. */
export function isReported(report: StepReport): boolean {
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
export function toCsv(steps: readonly Metrics[]): string {
  const lines = steps.map((step) => columns.map((column) => step[column] ?? '').join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
