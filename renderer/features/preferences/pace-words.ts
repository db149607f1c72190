import { sessionPace } from '../../../shared/features/preferences/pace.rules.ts';
import { formatNumber } from '../../ui/format.ts';

const minuteMs = 60_000;

/** A range of time in the unit a person would say it in: `3–5 min`, `2–2.5 h`. */
function rangeText(lowMs: number, highMs: number): string {
  if (highMs < minuteMs) return 'under a minute';
  const inHours = highMs >= 120 * minuteMs;
  const [unit, size, digits] = inHours ? ['h', 60 * minuteMs, 1] : ['min', minuteMs, 0];
  const low = formatNumber(lowMs / size, digits);
  const high = formatNumber(highMs / size, digits);
  return low === high ? `${high} ${unit}` : `${low}–${high} ${unit}`;
}

/** Pace of the session and the time that is left, with its range; empty before the fifth verdict. */
export function paceText(times: readonly number[], remaining: number): string {
  const pace = sessionPace(times, remaining);
  if (!pace) return '';
  const each = `${formatNumber(pace.medianMs / 1000, 1)} s a verdict`;
  if (remaining === 0) return each;
  return `${each} · ${rangeText(pace.remainingMs.low, pace.remainingMs.high)} left`;
}
