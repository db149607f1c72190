import type { Finding, Severity } from '../datasets.model.ts';
import { findingCodes, type FindingCode } from './finding-codes.ts';

/** A finding before it is known in which line the example stands. */
export type ExampleFinding = Omit<Finding, 'line'> & { readonly code: FindingCode };

/** What the fixes of findings can do; see apply-fix.ts. */
export type FixKind =
  | 'remove'
  | 'weight-to-number'
  | 'arguments-to-text'
  | 'arguments-to-empty-object'
  | 'type-to-function'
  | 'to-boolean'
  | 'role-to-system'
  | 'role-to-developer'
  | 'to-preference-pair'
  | 'wrap-in-list'
  | 'answer-to-item'
  | 'unnest-item'
  | 'delete-example';

export type Detail = {
  readonly message: string;
  readonly expected?: string;
  readonly found?: unknown;
  readonly fix?: { readonly kind: FixKind; readonly label: string };
  readonly severity?: Severity;
};

/** Writes one finding down. */
export type Report = (code: FindingCode, pointer: string, detail: Detail) => void;

/** Whether arguments fit a tool's JSON Schema; implemented outside of `shared`, because it compiles code. */
export type SchemaChecker = {
  /** Null when `schema` is a JSON Schema, else why it is not. */
  problemOf(schema: unknown): string | null;
  /** What does not fit, empty when all does; `unchecked` when this schema is not evaluated and why. */
  check(schema: unknown, value: unknown): { problems: SchemaProblem[] } | { unchecked: string };
};
export type SchemaProblem = { readonly pointer: string; readonly message: string };

const shownCharacters = 120;

/** A value as people read it in a finding: JSON, shortened. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing');
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

/** Collects findings; severities and titles come from the list of codes. */
export function createReport(): { report: Report; findings: ExampleFinding[] } {
  const findings: ExampleFinding[] = [];
  return {
    findings,
    report(code, pointer, detail) {
      findings.push({
        code,
        severity: detail.severity ?? findingCodes[code].severity,
        pointer,
        message: detail.message,
        expected: detail.expected ?? null,
        found: 'found' in detail ? shown(detail.found).toWellFormed() : null,
        fix: detail.fix ?? null,
      });
    },
  };
}

/** One finding by itself. */
export function oneFinding(code: FindingCode, pointer: string, detail: Detail): ExampleFinding {
  const { report, findings } = createReport();
  report(code, pointer, detail);
  const [finding] = findings;
  if (!finding) throw new Error('no finding was made');
  return finding;
}

/** Own keys of an object that are not in `known`. */
export function extraKeys(value: object, known: ReadonlySet<string>): string[] {
  return Object.keys(value).filter((key) => !known.has(key));
}

/** True for a JSON object (not a list, not null). */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
