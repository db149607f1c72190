import type { Analysis } from '../../../shared/features/datasets/analyse-example.ts';
import type { Finding } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFinding } from '../../../shared/features/datasets/sft/check-context.ts';
import type { Db, SqlValue } from '../../core/ports.ts';

/** The columns of a content that are worked out from its bytes, in the order of {@link contentValues}. */
export const derivedColumns = [
  'identity',
  'prompt_hash',
  'answer_hash',
  'tokens',
  'message_tokens',
  'images',
  'message_count',
  'has_tools',
  'errors',
  'warnings',
  'infos',
  'prompt',
  'answer',
  'label',
  'bytes',
] as const;

/** The values of {@link derivedColumns} for an analysed example. */
export function contentValues(analysis: Analysis, bytes: Uint8Array): SqlValue[] {
  const { facts, findings, tokens } = analysis;
  const count = (severity: string): number => findings.filter((one) => one.severity === severity).length;
  return [
    analysis.identity,
    analysis.promptHash.subarray(0, 16),
    analysis.answerHash.subarray(0, 16),
    tokens.withoutImages,
    JSON.stringify(tokens.perMessage),
    JSON.stringify(facts.images),
    facts.messageCount,
    facts.hasTools ? 1 : 0,
    count('error'),
    count('warning'),
    count('info'),
    facts.prompt,
    facts.answer,
    facts.label,
    bytes,
  ];
}

/** Writes the findings of a content, `contentId` being a content's id or its number in a staging store. */
export function insertFindings(db: Db, contentId: number, findings: readonly ExampleFinding[]): void {
  const statement = db.prepare(
    `INSERT INTO findings (content_id, ordinal, code, severity, pointer, message, expected, found, fix_kind, fix_label)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [ordinal, one] of findings.entries()) {
    statement.run(
      contentId,
      ordinal,
      one.code,
      one.severity,
      one.pointer,
      one.message,
      one.expected,
      one.found,
      one.fix?.kind ?? null,
      one.fix?.label ?? null,
    );
  }
}

type FindingRow = {
  code: string;
  severity: Finding['severity'];
  pointer: string;
  message: string;
  expected: string | null;
  found: string | null;
  fix_kind: string | null;
  fix_label: string | null;
};

/** The findings of a content, in the order of the rules. */
export function findingsOf(db: Db, contentId: number, line: number): Finding[] {
  return db
    .prepare<FindingRow>('SELECT * FROM findings WHERE content_id = ? ORDER BY ordinal')
    .all(contentId)
    .map((row) => ({
      code: row.code,
      severity: row.severity,
      line,
      pointer: row.pointer,
      message: row.message,
      expected: row.expected,
      found: row.found,
      fix: row.fix_kind === null ? null : { kind: row.fix_kind, label: row.fix_label ?? '' },
    }));
}

export type NewContent = {
  readonly exampleId: number;
  readonly previousId: number;
  readonly batch: string;
  readonly origin: 'edited' | 'fixed';
  readonly changeLabel: string;
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly analysis: Analysis;
  /** The example's texts as the search index takes them. */
  readonly indexText: string;
};

/** Writes a new content with its findings and search texts; answers its id. The example does not point at it yet. */
export function insertContent(db: Db, content: NewContent): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO contents (example_id, previous_id, batch, origin, change_label, created_at, ${derivedColumns.join(', ')})
       VALUES (?, ?, ?, ?, ?, ?, ${derivedColumns.map(() => '?').join(', ')})`,
    )
    .run(
      content.exampleId,
      content.previousId,
      content.batch,
      content.origin,
      content.changeLabel,
      content.at,
      ...contentValues(content.analysis, content.bytes),
    );
  const id = Number(lastInsertRowid);
  insertFindings(db, id, content.analysis.findings);
  db.prepare('INSERT INTO content_texts (rowid, text) VALUES (?, ?)').run(BigInt(id), content.indexText);
  return id;
}

/** The bytes of a content: the line as it came in, or the canonical JSON of an edit. */
export function contentBytes(db: Db, contentId: number): Uint8Array | null {
  return (
    db.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE id = ?').get(contentId)?.bytes ?? null
  );
}
