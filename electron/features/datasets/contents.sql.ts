import type { Analysis } from '../../../shared/features/datasets/analyse-example.ts';
import type { Finding } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFinding } from '../../../shared/features/datasets/sft/check-context.ts';
import type { Db, SqlValue } from '../../core/ports.ts';
import { countSeverities, longRowBytes } from './parsed-part.ts';

/** What stands on an example about the content it shows, and on a content once it is not as it came in. */
export const factColumns = [
  'identity',
  'prompt_hash',
  'answer_hash',
  'tokens',
  'message_count',
  'errors',
  'warnings',
  'infos',
  'label',
] as const;

function factValues({ facts, findings, tokens, ...hashes }: Analysis): SqlValue[] {
  return [
    hashes.identity,
    hashes.promptHash,
    hashes.answerHash,
    tokens.withoutImages,
    facts.messageCount,
    ...countSeverities(findings),
    facts.label,
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
  /** Null for the first content of an example. */
  readonly previousId: number | null;
  readonly batch: string;
  /** Null for one that is still what came in. */
  readonly origin: 'edited' | 'fixed' | null;
  readonly changeLabel: string;
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly analysis: Analysis;
};

/** Writes a new content with its findings; answers its id. The example does not point at it yet. */
export function insertContent(db: Db, content: NewContent): number {
  const { analysis, bytes } = content;
  const preview = bytes.length > longRowBytes ? analysis.facts.texts.previews() : null;
  const { images } = analysis.facts;
  if (content.previousId !== null) keepFacts(db, content.previousId);
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO contents (example_id, previous_id, batch, origin, change_label, created_at, has_tools, message_tokens,
                             images, prompt, answer, bytes, ${factColumns.join(', ')})
       VALUES (${Array.from({ length: 12 + factColumns.length }, () => '?').join(', ')})`,
    )
    .run(
      content.exampleId,
      content.previousId,
      content.batch,
      content.origin,
      content.changeLabel,
      content.at,
      analysis.facts.hasTools ? 1 : 0,
      JSON.stringify(analysis.tokens.perMessage),
      images.length > 0 ? JSON.stringify(images) : null,
      preview?.prompt ?? null,
      preview?.answer ?? null,
      bytes,
      ...factValues(analysis),
    );
  const id = Number(lastInsertRowid);
  insertFindings(db, id, analysis.findings);
  return id;
}

/** Copies what stands on the example to the content it shows, so that it can come back after another took its place. */
function keepFacts(db: Db, contentId: number): void {
  db.prepare(
    `UPDATE contents SET ${factColumns.map((column) => `${column} = e.${column}`).join(', ')} FROM examples e
     WHERE contents.id = ? AND contents.identity IS NULL AND e.content_id = contents.id`,
  ).run(contentId);
}

/** The bytes of a content: the line as it came in, or the compact JSON of an edit. */
export function contentBytes(db: Db, contentId: number): Uint8Array | null {
  return (
    db.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE id = ?').get(contentId)?.bytes ?? null
  );
}
