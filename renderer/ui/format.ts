const numbers = new Intl.NumberFormat();
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const weekdays = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  dateStyle: undefined,
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const times = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** A whole or broken number, grouped as the reader's locale does; at most `digits` after the point. */
export function formatNumber(value: number, digits = 0): string {
  if (digits === 0) return numbers.format(Math.round(value));
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value);
}

/** A measured value with a fixed number of digits after the point, so that columns align. */
export function formatFixed(value: number, digits: number): string {
  return new Intl.NumberFormat(undefined, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** A share between 0 and 1 as per cent, e.g. `62 %` or `62.5 %`. */
export function formatPercent(share: number, digits = 0): string {
  return new Intl.NumberFormat(undefined, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** Bytes in kB, MB or GB (powers of 1,000). */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

/** Integer micro-USD to the cent; less than a cent to two figures that matter; exactly nothing as `$0.00`. */
export function formatMoney(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  const isTiny = usd !== 0 && Math.abs(usd) < 0.01;
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...(isTiny ? { maximumSignificantDigits: 2 } : {}),
  }).format(usd);
}

/** A day from milliseconds UTC. */
export function formatDate(at: number): string {
  return dates.format(at);
}

/** A day with its weekday, where the weekday matters. */
export function formatDay(at: number): string {
  return weekdays.format(at);
}

/** A day and a time. */
export function formatMoment(at: number): string {
  return moments.format(at);
}

/** A time of day with seconds. */
export function formatTime(at: number): string {
  return times.format(at);
}

const steps = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago or ahead in one unit, e.g. `3 hours ago`; under a minute it is `now`. */
export function formatAgo(at: number, now: number): string {
  const gap = at - now;
  const step = steps.find(([, size]) => Math.abs(gap) >= size);
  return step ? relative.format(Math.round(gap / step[1]), step[0]) : 'now';
}

/** A length of time: `00:41`, `12:05`, `1:02:09`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A count with its noun: `1 example`, `2,400 examples`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}
