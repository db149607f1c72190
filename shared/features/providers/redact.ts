const keyLike = /\b(?:sk|rk|pk|key|ghp|xox[abp])[-_][A-Za-z0-9_*.-]{6,}/g;
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi;
const maximumLength = 600;

/** Text of a provider without secrets, control characters or endless length, fit for a screen and the log. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= 4) clean = clean.replaceAll(secret, '[key]');
  }
  clean = clean.replace(keyLike, '[key]').replace(bearer, '$1 [key]');
  clean = clean.replace(/\p{Cc}+/gu, ' ').trim();
  return clean.length > maximumLength ? `${clean.slice(0, maximumLength)} …` : clean;
}
