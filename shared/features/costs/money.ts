const millions = 1_000_000n;

/**
 * `tokens` × `microUsdPerMillion` ÷ 1,000,000 in integer micro-USD, exact before the one rounding, half up.
 * Both are integers; the product may exceed what a JavaScript number holds.
 */
export function microUsdFor(tokens: number, microUsdPerMillion: number): number {
  const product = BigInt(tokens) * BigInt(microUsdPerMillion);
  return Number((product + millions / 2n) / millions);
}

/** Integers grouped as in `12,480`. */
export function grouped(value: number): string {
  return new Intl.NumberFormat('en-US').format(value);
}

/** Micro-USD as `$6.00`; amounts under a cent keep the digits that matter, as `$0.000125`. */
export function formatMicroUsd(microUsd: number): string {
  const isSubCent = microUsd !== 0 && Math.abs(microUsd) < 10_000;
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: isSubCent ? 6 : 2,
  }).format(microUsd / 1_000_000);
}

/** A price per unit, whole: `$1.875`, never rounded. */
export function formatPrice(microUsdPerUnit: number): string {
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(microUsdPerUnit / 1_000_000);
}
