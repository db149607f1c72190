import type { Detection } from '../privacy.model.ts';
import type { Detect } from './detector.ts';

/** A detection with the RFC 6901 pointer of the string it is in. */
export type PlacedDetection = Detection & { readonly pointer: string };

/** Looks at every string of a JSON value, however deep; keys are not looked at. */
export function scanValue(value: unknown, detect: Detect, add: (one: PlacedDetection) => void): void {
  const open: { value: unknown; pointer: string }[] = [{ value, pointer: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: current, pointer } = next;
    if (typeof current === 'string') for (const one of detect(current)) add({ ...one, pointer });
    else if (typeof current === 'object' && current !== null) {
      for (const [key, inner] of Object.entries(current).toReversed()) {
        if (typeof inner === 'string' || typeof inner === 'object')
          open.push({ value: inner, pointer: `${pointer}/${escaped(key)}` });
      }
    }
  }
}

function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
