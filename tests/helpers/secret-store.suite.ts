import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SecretStore } from '../../electron/core/ports.ts';

/** What every secret store promises; call inside a `describe`. */
export function secretStoreSuite(store: () => SecretStore, expected: { isPersistent: boolean }): void {
  test('says whether it outlives the program, in a sentence', async () => {
    const probe = await store().probe();
    expect(probe.isPersistent).toBe(expected.isPersistent);
    expect(probe.reason).toMatch(/^Keys are kept .+\.$/);
  });

  test('gives back exactly what it was given', async () => {
    for (const value of ['sk-plain', 'ключ 鍵 🔑', 'line\nbreak', ' spaces ', 'x'.repeat(2000)]) {
      const id = randomUUID();
      await store().set(id, value);
      expect(await store().get(id)).toBe(value);
      expect(await store().delete(id)).toBe(true);
    }
  });

  test('keeps one value per id, the last', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await store().set(one, 'first');
    await store().set(one, 'second');
    await store().set(two, 'other');
    expect([await store().get(one), await store().get(two)]).toEqual(['second', 'other']);
    await store().delete(one);
    expect([await store().get(one), await store().get(two)]).toEqual([null, 'other']);
    await store().delete(two);
  });

  test('an unknown id is null, and deleting it is false', async () => {
    const id = randomUUID();
    expect(await store().get(id)).toBeNull();
    expect(await store().delete(id)).toBe(false);
  });

  test('holds many at once', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    await Promise.all(ids.map((id) => store().set(id, `value of ${id}`)));
    expect(await Promise.all(ids.map((id) => store().get(id)))).toEqual(ids.map((id) => `value of ${id}`));
    await Promise.all(ids.map((id) => store().delete(id)));
  });
}
