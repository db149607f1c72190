import fc from 'fast-check';
import { expect, test } from 'vitest';
import { portableExp, portableLog } from './portable-math.ts';

function closeTo(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * 4.5e-16 + 5e-324);
}

test('exp agrees with the engine to the last two places', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => closeTo(portableExp(x), Math.exp(x))),
    { numRuns: 5000 },
  );
});

test('log agrees with the engine to the last two places', () => {
  const normal = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(normal, (x) => {
      // Near 1 the logarithm goes through 0 and only the absolute error means anything.
      const expected = Math.log(x);
      expect(Math.abs(portableLog(x) - expected)).toBeLessThanOrEqual(Math.abs(expected) * 4e-16 + 3e-16);
    }),
    { numRuns: 5000 },
  );
});

test('the ends of the range stay finite', () => {
  expect(portableExp(-1e300)).toBe(0);
  expect(portableExp(1e300)).toBe(Number.MAX_VALUE);
  expect(portableExp(0)).toBe(1);
  expect(portableLog(1)).toBe(0);
  closeTo(portableLog(Number.MAX_VALUE), Math.log(Number.MAX_VALUE));
  closeTo(portableLog(5e-324), Math.log(5e-324));
});
