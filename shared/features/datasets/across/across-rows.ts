import type { JsonObject } from '../read-line.ts';
import type { ExampleFinding } from '../sft/check-context.ts';

/** A finding of one row that only the other rows bring to light; `row` is what the caller calls the row by. */
export type RowNote = {
  readonly row: number;
  /** The row it is compared with; null when it is compared with all of them. */
  readonly related: number | null;
  readonly finding: ExampleFinding;
};

/** What a look at all rows together found: about single rows, and about the whole. */
export type AcrossFindings = { readonly rows: readonly RowNote[]; readonly whole: readonly ExampleFinding[] };

/** Looks at the rows one after another, keeps little of each, and says at the end what stands out. */
export type AcrossCheck = {
  add(row: number, example: JsonObject): void;
  finish(): AcrossFindings;
};

/** Several looks as one. */
export function together(checks: readonly AcrossCheck[]): AcrossCheck {
  return {
    add(row, example) {
      for (const one of checks) one.add(row, example);
    },
    finish() {
      const found = checks.map((one) => one.finish());
      return { rows: found.flatMap(({ rows }) => rows), whole: found.flatMap(({ whole }) => whole) };
    },
  };
}
