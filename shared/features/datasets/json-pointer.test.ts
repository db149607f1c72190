import { describe, expect, test } from 'vitest';
import { changedAt, pointerSteps, pointerTo, valueAt } from './json-pointer.ts';

describe('JSON pointer', () => {
  const value = { a: [{ 'x/y~z': 1 }, 2], b: null };

  test('writes and reads RFC 6901', () => {
    const pointer = pointerTo(pointerTo('/a', 0), 'x/y~z');
    expect(pointer).toBe('/a/0/x~1y~0z');
    expect(valueAt(value, pointer)).toBe(1);
    expect(valueAt(value, '')).toBe(value);
    expect(valueAt(value, '/toString')).toBeUndefined();
    expect(pointerSteps('no')).toBeNull();
  });

  test('changes a copy at one place', () => {
    expect(changedAt(value, '/a/0/x~1y~0z', { set: 9 })).toEqual({ a: [{ 'x/y~z': 9 }, 2], b: null });
    expect(changedAt(value, '/a/1', 'remove')).toEqual({ a: [{ 'x/y~z': 1 }], b: null });
    expect(changedAt(value, '/b', 'remove')).toEqual({ a: [{ 'x/y~z': 1 }, 2] });
    expect(changedAt(value, '/c', 'remove')).toBeNull();
    expect(value.a).toHaveLength(2);
  });
});
