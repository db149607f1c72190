/** Whether two JSON values are equal whatever the order of keys (equal in RFC 8785 form); for values that could be hashed. */
export function areEqualValues(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [a, b] = [one as Fields, other as Fields];
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && areEqualValues(a[key], b[key]));
}

type Fields = Readonly<Record<string, unknown>>;
