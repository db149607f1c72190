import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent } from '../../ui/format.ts';

/** Shortest run after which the time left is worth saying, in milliseconds. */
const soonestEstimateMs = 1_500;

/** Time left at the pace so far, in milliseconds; null while that would be a guess. */
export function timeLeftMs(task: Task, now: number): number | null {
  if (task.state !== 'running' || task.startedAt === null || task.total <= 0 || task.done <= 0) return null;
  const spent = now - task.startedAt;
  const share = task.done / task.total;
  if (spent < soonestEstimateMs || share < 0.02) return null;
  return Math.max(0, (spent * (1 - share)) / share);
}

/** `62 % · 00:41 left`, or what is known of it. */
export function progressText(task: Task, now: number): string {
  if (task.state === 'cancelling') return 'stopping';
  if (task.state === 'queued') return 'waiting';
  if (task.total <= 0) return task.message || 'running';
  const left = timeLeftMs(task, now);
  const share = formatPercent(Math.min(1, task.done / task.total));
  return left === null ? share : `${share} · ${formatDuration(left)} left`;
}

/** `12,400 of 100,000 lines`; empty when the task has no unit. */
export function amountText(task: Task): string {
  if (task.total <= 0 || !task.unit) return '';
  if (task.unit === 'bytes') return `${formatBytes(task.done)} of ${formatBytes(task.total)}`;
  return `${formatNumber(task.done)} of ${formatNumber(task.total)} ${task.unit}`;
}
