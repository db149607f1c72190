/** Adds one step to an RFC 6901 pointer. */
export function pointerTo(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The steps of an RFC 6901 pointer; null when it is not one. */
export function pointerSteps(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value a pointer names; undefined when there is none. Reads own properties only. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const step of pointerSteps(pointer) ?? ['']) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** What to do at a place: put a value there, or take the key or list item away. */
export type PointerChange = { set: unknown } | 'remove';

/** A copy of `root` changed at one place; null when the place does not exist. Shares what did not change. */
export function changedAt(root: unknown, pointer: string, change: PointerChange): unknown {
  const steps = pointerSteps(pointer);
  if (!steps || valueAt(root, pointer) === undefined) return null;
  return changed(root, steps, change);
}

function changed(value: unknown, steps: readonly string[], change: PointerChange): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return change === 'remove' ? null : change.set;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    const index = Number(step);
    if (isLast && change === 'remove') return value.filter((_, at) => at !== index);
    return value.map((item: unknown, at) => (at === index ? changed(item, rest, change) : item));
  }
  const entries = Object.entries(value as Record<string, unknown>);
  if (isLast && change === 'remove') return Object.fromEntries(entries.filter(([key]) => key !== step));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, key === step ? changed(item, rest, change) : item]),
  );
}
