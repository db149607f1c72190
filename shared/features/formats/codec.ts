import type { JsonObject } from '../datasets/read-line.ts';
import type {
  CanonicalExample,
  Codec,
  ExampleMethod,
  FormatLimits,
  ReadOutcome,
  Recognition,
  RowJoin,
  ShapeName,
  WriteOutcome,
} from './formats.model.ts';
import { Losses, Unfit } from './losses.ts';

/** How well one row fits a shape: the sureness (0 to 1) when it does. */
export type Fit = { readonly sureness: number; readonly method: ExampleMethod; readonly why: string };

/** What a codec is made of. `read` and `write` may throw Unfit with the reason and note losses on the way. */
export type CodecParts = {
  readonly name: ShapeName;
  readonly title: string;
  fit(row: JsonObject): Fit | null;
  read(row: JsonObject, losses: Losses): CanonicalExample;
  readonly write?: (example: CanonicalExample, at: Writing) => JsonObject;
  readonly join?: Pick<RowJoin, 'beginsExample' | 'groupOf'> & {
    readAll(rows: readonly JsonObject[], losses: Losses): CanonicalExample;
  };
};

/** Where a row is being written: what the service takes, and where to note what is lost. */
export type Writing = { readonly limits: FormatLimits; readonly losses: Losses };

/** No limits at all: for shapes that are files only. */
export const noLimits: FormatLimits = { maxImages: null, maxImageBytes: null, roles: {} };

/** Builds a codec whose functions never throw. */
export function makeCodec(parts: CodecParts): Codec {
  const { write, join } = parts;
  return {
    name: parts.name,
    title: parts.title,
    recognise: (rows) => recogniseBy(rows, (row) => parts.fit(row)),
    read: (row) => reading((losses) => parts.read(row, losses)),
    write:
      write === undefined
        ? null
        : (example, limits) => writing((losses) => write(example, { limits, losses })),
    join:
      join === undefined
        ? null
        : {
            beginsExample: (row, previous) => join.beginsExample(row, previous),
            groupOf: (row) => join.groupOf(row),
            readAll: (rows) => reading((losses) => join.readAll(rows, losses)),
          },
  };
}

function reading(read: (losses: Losses) => CanonicalExample): ReadOutcome {
  const losses = new Losses();
  try {
    const example = read(losses);
    return { kind: 'example', example, losses: losses.list };
  } catch (error) {
    if (error instanceof Unfit) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}

function writing(write: (losses: Losses) => JsonObject): WriteOutcome {
  const losses = new Losses();
  try {
    const row = write(losses);
    return { kind: 'row', row, losses: losses.list };
  } catch (error) {
    if (error instanceof Unfit) return { kind: 'skipped', reason: error.message };
    throw error;
  }
}

function recogniseBy(rows: readonly JsonObject[], fit: (row: JsonObject) => Fit | null): Recognition {
  const fits = rows.map(fit).filter((one) => one !== null);
  const none: Recognition = { confidence: 0, method: null, why: 'No row looks like it.' };
  const methods = Map.groupBy(fits, ({ method }) => method);
  const [usual] = [...methods].toSorted(([, a], [, b]) => b.length - a.length);
  if (usual === undefined) return none;
  const [method, [first]] = usual;
  const sum = fits.reduce((total, { sureness }) => total + sureness, 0);
  const share = fits.length === rows.length ? '' : ` (${fits.length} of ${rows.length} rows)`;
  return { confidence: sum / rows.length, method, why: `${first?.why ?? ''}${share}` };
}

/** An example with nothing beside its method's own fields. */
export function example(method: ExampleMethod, value: JsonObject, extra: JsonObject = {}): CanonicalExample {
  return { method, value, extra };
}
