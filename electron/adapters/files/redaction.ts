/** Shapes of secrets that must never reach a log or a message. */
const secretShapes: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{8,}/g,
  /\b(?:gh[pousr]_|github_pat_|xox[abprs]-|hf_|AKIA|AIza)[A-Za-z0-9_-]{8,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
  /\b(?<scheme>Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi,
  /(?<name>\b(?:api[_-]?key|key|secret|password|passphrase|token|authorization)["']?\s*[:=]\s*["']?(?:x')?)[^\s"',}]{6,}/gi,
];
const secretNames =
  /^(?:.*(?:api[_-]?key|secret|password|passphrase|phrase|authorization|cookie|keyhex)|key|token)$/i;

const mark = '[redacted]';

/** The text with keys, bearer tokens and named secrets blotted out. */
export function redactText(text: string): string {
  return secretShapes.reduce(
    (clean, shape) =>
      clean.replace(shape, (...found) => {
        const groups = found.at(-1) as { scheme?: string; name?: string } | string | number;
        if (typeof groups !== 'object') return mark;
        return groups.scheme ? `${groups.scheme} ${mark}` : `${groups.name ?? ''}${mark}`;
      }),
    text,
  );
}

/** A copy of `value` fit for a log: redacted texts, secret-named fields blotted out, at most 6 levels deep. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value instanceof Error) return redactText(value.stack ?? value.message);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 6) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redactValue(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretNames.test(name) && item !== null ? mark : redactValue(item, depth + 1),
    ]),
  );
}
