import type { Finding } from '../../../shared/features/datasets/datasets.model.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import type { ExampleFinding } from '../../../shared/features/datasets/sft/check-context.ts';
import type { ExampleMethod } from '../../../shared/features/formats/formats.model.ts';
import type {
  Preview,
  PreviewExample,
  Recipe,
  SetAside,
} from '../../../shared/features/imports/imports.model.ts';
import type { WorkerContext } from '../../core/ports.ts';
import { type ConvertParts, convertRows } from './convert-rows.ts';
import type { ImportFile } from './batch-inputs.ts';

export type PreviewInput = { readonly files: readonly ImportFile[]; readonly recipe: Recipe };
export type PreviewParts = ConvertParts & {
  /** What the checks of a method say about an example. */
  check(method: ExampleMethod, example: JsonObject): readonly ExampleFinding[];
};

const maxExamples = 50;
const maxAside = 50;
const maxRows = 2000;
const maxTextCharacters = 4000;

/** The first results of a recipe, with their findings; nothing is written. Job `imports.preview`. */
export function createPreviewJob(parts: PreviewParts) {
  return async (input: PreviewInput, context: Pick<WorkerContext, 'isCancelled'>): Promise<Preview> => {
    const examples: PreviewExample[] = [];
    const setAside: SetAside[] = [];
    const findingCounts = { error: 0, warning: 0, info: 0 };
    const codes = new Map<string, Preview['codes'][number]>();
    let rowsRead = 0;
    let isWhole = true;
    for await (const batch of convertRows(input, parts, { lookAhead: 2 * maxRows })) {
      for (const one of batch) {
        if (context.isCancelled() || examples.length >= maxExamples || rowsRead >= maxRows) {
          isWhole = false;
          break;
        }
        rowsRead += 1;
        if (one.kind === 'set-aside') {
          if (setAside.length < maxAside) setAside.push({ ...one.aside, raw: one.aside.raw.slice(0, 2000) });
          continue;
        }
        const findings = parts.check(one.method, one.value).map((found) => asFinding(found, one.fileLine));
        for (const { severity } of findings) findingCounts[severity] += 1;
        count(codes, findings);
        const { file, fileLine: line, losses } = one;
        examples.push({ file, line, value: shortened(one.value), findings, losses: [...losses] });
      }
      if (!isWhole) break;
    }
    return { rowsRead, examples, setAside, findingCounts, codes: [...codes.values()], isWhole };
  };
}

function asFinding(found: ExampleFinding, line: number): Finding {
  return { ...found, line };
}

/** Counts examples, not findings: a code that stands twice in one example counts once. */
function count(codes: Map<string, Preview['codes'][number]>, findings: readonly Finding[]): void {
  for (const code of new Set(findings.map((one) => one.code))) {
    const severity = findings.find((one) => one.code === code)?.severity ?? 'info';
    const known = codes.get(code) ?? { code, severity, examples: 0 };
    codes.set(code, { ...known, examples: known.examples + 1 });
  }
}

/** A value whose long texts (pictures as data, pages) are cut for the window. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length <= maxTextCharacters ? value : `${value.slice(0, maxTextCharacters)}…`;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
