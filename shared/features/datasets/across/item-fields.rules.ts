import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { fieldsOfGrader, type GraderField, hasField } from '../rft/grader-fields.ts';
import { checkGrader } from '../rft/grader.rules.ts';
import { itemOf } from '../rft/items.rules.ts';
import { type ExampleFinding, oneFinding } from '../sft/check-context.ts';
import type { AcrossCheck, RowNote } from './across-rows.ts';

/** A field that at least this share of the rows has is expected in all of them. */
const usualShare = 0.8;

type Field = { rows: number; types: Map<string, number> };

/** Finds rows whose item lacks a field: one that the grader reads, or one that most rows have; and fields that change type; and what is wrong with the grader itself. */
export function createItemFields(grader: unknown): AcrossCheck {
  const wanted = grader === null ? [] : fieldsOfGrader(grader);
  const fields = new Map<string, Field>();
  const rows: { row: number; shape: readonly string[] }[] = [];
  const shapes = new Map<string, readonly string[]>();
  const lacking: RowNote[] = [];
  return {
    add(row, example) {
      const item = itemOf(example);
      lacking.push(...missingFor(item, wanted).map((one) => ({ row, related: null, finding: one })));
      const shape = Object.entries(item).flatMap(([key, value]) => [key, typeOf(value)]);
      const key = JSON.stringify(shape);
      const shared = shapes.get(key) ?? shape;
      shapes.set(key, shared);
      rows.push({ row, shape: shared });
      for (let at = 0; at < shape.length; at += 2) noteField(fields, shape[at] ?? '', shape[at + 1] ?? '');
    },
    finish() {
      const asked = new Set(wanted.map(([step]) => step));
      const usual = [...fields].filter(
        ([key, { rows: count }]) =>
          !asked.has(key) && count < rows.length && count >= usualShare * rows.length,
      );
      return {
        rows: [...lacking, ...rows.flatMap((one) => oddities(one, { usual, fields, total: rows.length }))],
        whole: grader === null ? [] : checkGrader(grader),
      };
    },
  };
}

function noteField(fields: Map<string, Field>, key: string, type: string): void {
  const field = fields.get(key) ?? { rows: 0, types: new Map<string, number>() };
  fields.set(key, field);
  field.rows += 1;
  field.types.set(type, (field.types.get(type) ?? 0) + 1);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function missingFor(item: JsonObject, wanted: readonly GraderField[]): ExampleFinding[] {
  return wanted
    .filter((field) => !hasField(item, field))
    .map((field) =>
      oneFinding('item_field_missing', '', {
        message: `The grader reads {{item.${field.join('.')}}}, which this row does not have.`,
        expected: `the field "${field.join('.')}"`,
        found: Object.keys(item),
      }),
    );
}

type Rows = {
  readonly usual: readonly (readonly [string, Field])[];
  readonly fields: ReadonlyMap<string, Field>;
  readonly total: number;
};

function oddities(
  { row, shape }: { row: number; shape: readonly string[] },
  { usual, fields, total }: Rows,
): RowNote[] {
  const own = new Map<string, string>();
  for (let at = 0; at < shape.length; at += 2) own.set(shape[at] ?? '', shape[at + 1] ?? '');
  const gaps = usual
    .filter(([key]) => !own.has(key))
    .map(([key, field]) =>
      oneFinding('item_field_gap', '', {
        message: `${field.rows} of ${total} rows have the field "${key}", this one has not.`,
        expected: `the field "${key}"`,
        found: [...own.keys()],
      }),
    );
  const changes = [...own].flatMap(([key, type]) => {
    const types = fields.get(key)?.types ?? new Map<string, number>();
    const [most] = [...types].toSorted(([, a], [, b]) => b - a);
    if (types.size < 2 || !most || most[0] === type) return [];
    return [
      oneFinding('item_field_type', pointerTo('', key), {
        message: `The field "${key}" is a ${type} here and a ${most[0]} in ${most[1]} rows; a grader sees “1” and 1 as different.`,
        expected: most[0],
        found: type,
      }),
    ];
  });
  return [...gaps, ...changes].map((finding) => ({ row, related: null, finding }));
}
