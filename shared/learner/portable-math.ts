/*
 * exp and log from + − × ÷ only. The engine's own Math.exp and Math.log differ in their last bits between V8
 * versions, and a run must replay bit for bit on another machine.
 */

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const inverseLn2 = 1.4426950408889634;
/** Reciprocals of 3, 5, 7 …: the series of log((1 + s) / (1 − s)). */
const oddReciprocals = [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23].map((odd) => 1 / odd);

/** 2 to an integer power between −1100 and 1023, exact, by repeated squaring. */
function powerOfTwo(exponent: number): number {
  let result = 1;
  let base = exponent < 0 ? 0.5 : 2;
  let rest = exponent < 0 ? -exponent : exponent;
  while (rest > 0) {
    if ((rest & 1) === 1) result *= base;
    base *= base;
    rest >>= 1;
  }
  return result;
}

/** e to the x, within 2 units in the last place; 0 below −745, the largest finite number above 709.7. */
export function portableExp(x: number): number {
  if (x < -745) return 0;
  if (x > 709.7) return Number.MAX_VALUE;
  const k = Math.floor(x * inverseLn2 + 0.5);
  const r = x - k * ln2High - k * ln2Low;
  let sum = 1;
  for (let n = 14; n > 0; n -= 1) sum = 1 + (r * sum) / n;
  // Two factors, because 2^-1074 alone would already have lost the bits of `sum`.
  const half = Math.floor(k / 2);
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

/** Natural logarithm of a positive finite number, within 2 units in the last place. */
export function portableLog(x: number): number {
  let mantissa = x;
  let exponent = 0;
  while (mantissa >= 18446744073709552000) {
    mantissa /= 18446744073709552000;
    exponent += 64;
  }
  while (mantissa < 5.421010862427522e-20) {
    mantissa *= 18446744073709552000;
    exponent -= 64;
  }
  while (mantissa > 1.4142135623730951) {
    mantissa /= 2;
    exponent += 1;
  }
  while (mantissa < 0.7071067811865476) {
    mantissa *= 2;
    exponent -= 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let i = oddReciprocals.length - 1; i >= 0; i -= 1) sum = square * (sum + (oddReciprocals[i] ?? 0));
  return exponent * ln2High + (exponent * ln2Low + 2 * s + 2 * s * sum);
}
