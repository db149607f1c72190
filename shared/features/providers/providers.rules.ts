const dayMs = 86_400_000;

/** Calendar days in UTC from `now` (ms) until a date YYYY-MM-DD; 0 on that day, negative when past, null when none. */
export function daysLeft(shutdownDate: string | null, now: number): number | null {
  if (shutdownDate === null) return null;
  const end = Date.parse(`${shutdownDate}T00:00:00Z`);
  return Number.isNaN(end) ? null : end / dayMs - Math.floor(now / dayMs);
}
