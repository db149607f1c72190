const maxDepth = 512;

/** Thrown for a value that is nested deeper than can be compared. */
export class NestedTooDeep extends Error {}

/**
 * Two 32-bit hashes of a JSON value that do not depend on the order of keys: equal values have equal hashes, and unequal
 * ones have not, save for accidents. Throws NestedTooDeep beyond 512 levels.
 */
export function hashValue(value: unknown): readonly [number, number] {
  putHash(value, 0);
  return [pair.low >>> 0, pair.high >>> 0];
}

/** What was hashed last: both hashes in one pass, without an object for each value. */
const pair = { low: 0, high: 0 };

const kinds = { text: 1, other: 2, list: 6, fields: 7 };

function putHash(value: unknown, depth: number): void {
  if (typeof value === 'string') putTextHash(value, kinds.text);
  else if (typeof value !== 'object' || value === null) putTextHash(String(value), kinds.other);
  else if (depth > maxDepth) throw new NestedTooDeep();
  else if (Array.isArray(value)) putListHash(value, depth);
  else putFieldsHash(value as Readonly<Record<string, unknown>>, depth);
}

/** Fields are added up, so that their order does not count. */
function putFieldsHash(fields: Readonly<Record<string, unknown>>, depth: number): void {
  let [low, high] = [kinds.fields, kinds.fields];
  for (const key in fields) {
    putTextHash(key, kinds.fields);
    const name = { low: pair.low, high: pair.high };
    putHash(fields[key], depth + 1);
    low = (low + spread(name.low ^ Math.imul(pair.low, 0x9e3779b1))) | 0;
    high = (high + spread(name.high ^ Math.imul(pair.high, 0x85ebca6b))) | 0;
  }
  pair.low = spread(low);
  pair.high = spread(high ^ 0x2545f491);
}

function putListHash(list: readonly unknown[], depth: number): void {
  let [low, high] = [kinds.list, kinds.list];
  for (const one of list) {
    putHash(one, depth + 1);
    low = Math.imul(low ^ pair.low, 0x01000193);
    high = Math.imul(high ^ pair.high, 0x5bd1e995);
  }
  pair.low = spread(low + list.length);
  pair.high = spread(high + list.length);
}

function putTextHash(text: string, kind: number): void {
  let [low, high] = [0x811c9dc5 ^ kind, 0x2545f491 ^ kind];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
  }
  pair.low = spread(low ^ text.length);
  pair.high = spread(high ^ text.length);
}

function spread(hash: number): number {
  let value = hash;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}
