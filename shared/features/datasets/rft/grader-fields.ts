import { isObject } from '../sft/check-context.ts';

/** A field of the item that a grader reads, as the steps of its path, e.g. `['answer', 'value']`. */
export type GraderField = readonly string[];

const template = /\{\{\s*([^{}]{1,200}?)\s*\}\}/g;
const pythonItem = /\bitem\s*(?:\[\s*["']([^"'\]]{1,100})["']\s*\]|\.get\(\s*["']([^"']{1,100})["'])/g;

/** Every `item.*` that a grader refers to, in templates and in Python source, also inside of multi graders. */
export function fieldsOfGrader(grader: unknown): GraderField[] {
  const found = new Map<string, GraderField>();
  walk(grader, null, (steps) => found.set(JSON.stringify(steps), steps));
  return [...found.values()];
}

/** Namespaces that templates of a grader use but no platform knows; only `item` and `sample` exist. */
export function foreignNamespaces(grader: unknown): string[] {
  const found = new Set<string>();
  walkTexts(grader, (text) => {
    for (const [, inner = ''] of text.matchAll(template)) {
      const [space = ''] = inner.split(/[.[]/);
      if (space !== 'item' && space !== 'sample') found.add(space);
    }
  });
  return [...found];
}

/** Fields of the answer that templates of a grader read, e.g. `output_text`. */
export function sampleFields(grader: unknown): string[] {
  const found = new Set<string>();
  walkTexts(grader, (text) => {
    for (const [, inner = ''] of text.matchAll(template)) {
      const [space, field] = inner.split(/[.[\]"']+/);
      if (space === 'sample' && field) found.add(field);
    }
  });
  return [...found];
}

function walk(value: unknown, key: string | null, found: (steps: GraderField) => void): void {
  if (typeof value === 'string') {
    if (key === 'source')
      for (const [, one, other] of value.matchAll(pythonItem)) found([one ?? other ?? '']);
    else for (const [, inner = ''] of value.matchAll(template)) reportPath(inner, found);
    return;
  }
  if (Array.isArray(value)) for (const one of value) walk(one, key, found);
  else if (isObject(value)) for (const [name, one] of Object.entries(value)) walk(one, name, found);
}

function walkTexts(value: unknown, each: (text: string) => void): void {
  if (typeof value === 'string') each(value);
  else if (Array.isArray(value)) for (const one of value) walkTexts(one, each);
  else if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) if (name !== 'source') walkTexts(one, each);
  }
}

function reportPath(inner: string, found: (steps: GraderField) => void): void {
  const steps = inner.split(/[.[\]"']+/).filter((step) => step !== '');
  if (steps[0] === 'item' && steps.length > 1) found(steps.slice(1));
}

/** True when a row has something at a field: not missing and not null. */
export function hasField(item: unknown, [step, ...rest]: GraderField): boolean {
  if (step === undefined) return item !== undefined && item !== null;
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, step)) return false;
  return hasField((item as Record<string, unknown>)[step], rest);
}
