import type { JsonObject } from '../datasets/read-line.ts';
import type { Codec, ExampleMethod, FieldLoss, ReadOutcome, WriteOutcome } from './formats.model.ts';
import { codecs, shapeOfTarget } from './formats.registry.ts';
import { changeMethod } from './method-change.rules.ts';
import type { ExportTarget } from './targets.model.ts';

/** How one row fared. `isUntouched`: the row is exactly what was read, so its own bytes may be written. */
export type RowConversion =
  | {
      readonly kind: 'row';
      readonly row: JsonObject;
      readonly isUntouched: boolean;
      readonly losses: readonly FieldLoss[];
    }
  | { readonly kind: 'skipped'; readonly reason: string };

/** Converts rows of one shape to a target. All rows of a file get one method: the target's, else the first row's. */
export class Conversion {
  readonly #from: Codec;
  readonly #to: NonNullable<Codec['write']>;
  readonly #target: ExportTarget;
  #method: ExampleMethod | null;

  constructor(from: Codec, target: ExportTarget, method: ExampleMethod | null = null) {
    this.#from = from;
    this.#target = target;
    const [only] = target.methods;
    this.#method = target.methods.length === 1 && only !== undefined ? only : method;
    const write = codecs[shapeOfTarget(target.name)].write;
    if (write === null) throw new Error(`${target.name} cannot be written`);
    this.#to = write;
  }

  /** The method of the file's rows, once one is known. */
  get method(): ExampleMethod | null {
    return this.#method;
  }

  /** Converts a row. */
  row(source: JsonObject): RowConversion {
    return this.#written(this.#from.read(source), source);
  }

  /** Converts rows that make one example together. */
  joined(rows: readonly JsonObject[]): RowConversion {
    const { join } = this.#from;
    const [first] = rows;
    if (join === null || first === undefined) return { kind: 'skipped', reason: 'There is no row.' };
    return this.#written(join.readAll(rows), null);
  }

  #written(reading: ReadOutcome, source: JsonObject | null): RowConversion {
    if (reading.kind === 'unreadable') return { kind: 'skipped', reason: reading.reason };
    this.#method ??= reading.example.method;
    const changed = changeMethod(reading.example, this.#method);
    if (changed.kind === 'skipped') return changed;
    const outcome: WriteOutcome = this.#to(changed.example, this.#target.limits);
    if (outcome.kind === 'skipped') return outcome;
    const losses = [...reading.losses, ...changed.losses, ...outcome.losses];
    return { kind: 'row', row: outcome.row, isUntouched: outcome.row === source, losses };
  }
}

/** A field that rows lost, for one reason, and how many rows did. */
export type LossCount = { readonly field: string; readonly rows: number; readonly reason: string };

/** Counts losses by field and reason. */
export class LossTally {
  readonly #counts = new Map<string, { field: string; rows: number; reason: string }>();

  /** Counts the losses of one row. */
  add(losses: readonly FieldLoss[]): void {
    const seen = new Set<string>();
    for (const { field, reason } of losses) {
      const key = `${field}\n${reason}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const count = this.#counts.get(key);
      if (count) count.rows += 1;
      else this.#counts.set(key, { field, rows: 1, reason });
    }
  }

  /** All counts, the most rows first. */
  get list(): readonly LossCount[] {
    return [...this.#counts.values()].toSorted((a, b) => b.rows - a.rows);
  }
}

const longNumber = /\d{16}|\d[eE]|\.\d{15}/;

/** Whether writing the parsed row would write some number otherwise than it stands in the text: 20 digits, say. */
export function changesNumbers(text: string): boolean {
  if (!longNumber.test(text)) return false;
  let isChanged = false;
  JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    if (typeof value === 'number' && source !== undefined && /^-?\d+$/.test(source)) {
      isChanged ||= !Number.isSafeInteger(value) && String(BigInt(value)) !== source;
    }
    return value;
  });
  return isChanged;
}

/** What is noted for a row whose numbers cannot be kept. */
export const numberLoss: FieldLoss = {
  field: '(numbers)',
  reason: 'A whole number beyond 2^53 is rounded when a row is rewritten.',
};
