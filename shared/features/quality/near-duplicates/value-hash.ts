const maxDepth = 512;

/** Thrown for a value that is nested deeper than can be compared. */
export class NestedTooDeep extends Error {}

/**
 * Two 32-bit hashes of a JSON value that do not depend on the order of keys: equal values have equal hashes, and unequal
 * ones have not, save for accidents. Throws NestedTooDeep beyond 512 levels.
 */
export function hashValue(value: unknown): readonly [number, number] {
  return [hashed(value, 0x811c9dc5, 0) >>> 0, hashed(value, 0x2545f491, 0) >>> 0];
}

function hashed(value: unknown, seed: number, depth: number): number {
  if (typeof value === 'string') return hashedText(value, seed ^ 1);
  if (typeof value !== 'object' || value === null) return hashedText(String(value), seed ^ 2);
  if (depth > maxDepth) throw new NestedTooDeep();
  let hash = Array.isArray(value) ? seed ^ 6 : seed ^ 7;
  if (Array.isArray(value)) {
    for (const one of value) hash = Math.imul(hash ^ hashed(one, seed ^ 3, depth + 1), 0x01000193);
    return spread(hash + value.length);
  }
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const field = hashedText(key, seed ^ 4) ^ Math.imul(hashed(fields[key], seed ^ 5, depth + 1), 0x9e3779b1);
    hash = (hash + spread(field)) | 0;
  }
  return spread(hash);
}

function hashedText(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return spread(hash ^ text.length);
}

function spread(hash: number): number {
  let value = hash;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}
