import { z } from 'zod';
import { exampleMethod, formatLimits, targetName, type TargetName } from './formats.model.ts';

/** A target of an export as resources/export-formats.json describes it. */
export const exportTarget = z.object({
  name: targetName,
  title: z.string(),
  /** Who takes it: the heading that targets are grouped under. */
  service: z.string(),
  methods: z.array(exampleMethod).min(1),
  /** `lines` is JSONL, or a JSON list where the file is named so. */
  container: z.enum(['lines', 'csv', 'parquet']),
  limits: formatLimits,
  /** Whether its documents ask for a byte order mark, so that one is offered. */
  offersByteOrderMark: z.boolean().default(false),
  note: z.string(),
});
export type ExportTarget = z.infer<typeof exportTarget>;

/** resources/export-formats.json: every target once. */
export const exportTargets = z.object({ asOf: z.string(), targets: z.array(exportTarget) });

/** How rows are written into a file. */
export const rowContainer = z.enum(['jsonl', 'json', 'csv', 'parquet']);
export type RowContainer = z.infer<typeof rowContainer>;

/** The container that a target has in a file of this name. */
export function containerFor(target: ExportTarget, fileName: string): RowContainer {
  if (target.container !== 'lines') return target.container;
  return /\.json$/i.test(fileName) ? 'json' : 'jsonl';
}

/** The ending of a target's usual file, without the dot. */
export function endingOf(target: ExportTarget): string {
  return target.container === 'lines' ? 'jsonl' : target.container;
}

/** The target of a name; every name has one, which a test holds. */
export function targetNamed(targets: readonly ExportTarget[], name: TargetName): ExportTarget {
  const found = targets.find((one) => one.name === name);
  if (found === undefined) throw new Error(`export-formats.json has no ${name}`);
  return found;
}
