import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type {
  EgressSummary,
  GatePosition,
  LedgerEntry,
  LedgerVerification,
  SendPurpose,
} from '../../../shared/features/egress/egress.model.ts';
import type { Db } from '../../core/ports.ts';

/** What one line of the ledger records; lines that do not need a field leave it null. */
export type LedgerLine = {
  at: number;
  kind: 'gate' | 'request' | 'outcome';
  request_seq: number | null;
  connection_id: string | null;
  host: string | null;
  purpose: SendPurpose | null;
  method: string | null;
  path: string | null;
  bytes_out: number | null;
  body_sha256: string | null;
  intent_id: string | null;
  status: number | null;
  detail: string;
};
type LedgerRow = LedgerLine & { seq: number; prev_hash: string; hash: string };

const genesis = '0'.repeat(64);

/** A line with every field empty, to spread under the fields that count. */
export const emptyLine: Omit<LedgerLine, 'at' | 'kind'> = {
  request_seq: null,
  connection_id: null,
  host: null,
  purpose: null,
  method: null,
  path: null,
  bytes_out: null,
  body_sha256: null,
  intent_id: null,
  status: null,
  detail: '',
};

/** SHA-256 over the RFC 8785 form of a line, its number and its predecessor's hash. */
function hashOf(row: Omit<LedgerRow, 'hash'>): string {
  return createHash('sha256')
    .update(canonicalize(row) ?? '', 'utf8')
    .digest('hex');
}

/** Appends a line to the chain; answers its number. */
export function appendLine(db: Db, line: LedgerLine): number {
  const last = db
    .prepare<{ seq: number; hash: string }>('SELECT seq, hash FROM egress_ledger ORDER BY seq DESC LIMIT 1')
    .get();
  const row = { ...line, seq: (last?.seq ?? 0) + 1, prev_hash: last?.hash ?? genesis };
  db.prepare(
    `INSERT INTO egress_ledger (seq, at, kind, request_seq, connection_id, host, purpose, method, path,
       bytes_out, body_sha256, intent_id, status, detail, prev_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.seq,
    row.at,
    row.kind,
    row.request_seq,
    row.connection_id,
    row.host,
    row.purpose,
    row.method,
    row.path,
    row.bytes_out,
    row.body_sha256,
    row.intent_id,
    row.status,
    row.detail,
    row.prev_hash,
    hashOf(row),
  );
  return row.seq;
}

/** Walks the chain from its first line; `entries` counts the lines that fit. */
export function verifyChain(db: Db): LedgerVerification {
  let previous = genesis;
  let entries = 0;
  for (const row of db.prepare<LedgerRow>('SELECT * FROM egress_ledger ORDER BY seq').iterate()) {
    const { hash, ...rest } = row;
    if (row.seq !== entries + 1 || row.prev_hash !== previous || hash !== hashOf(rest)) {
      return { isIntact: false, entries, brokenAtSeq: row.seq, headHash: null };
    }
    entries += 1;
    previous = hash;
  }
  return { isIntact: true, entries, brokenAtSeq: null, headHash: entries > 0 ? previous : null };
}

/** The gate's position; a workspace starts offline. */
export function readGate(db: Db): { position: GatePosition; movedAt: number | null } {
  const row = db
    .prepare<{ position: GatePosition; moved_at: number | null }>(
      'SELECT position, moved_at FROM egress_gate',
    )
    .get();
  return { position: row?.position ?? 'offline', movedAt: row?.moved_at ?? null };
}

/** Moves the gate. */
export function writeGate(db: Db, position: GatePosition, movedAt: number): void {
  db.prepare('UPDATE egress_gate SET position = ?, moved_at = ?').run(position, movedAt);
}

type EntryRow = {
  seq: number;
  at: number;
  connection_id: string;
  host: string;
  purpose: SendPurpose;
  method: string;
  path: string;
  bytes_out: number;
  body_sha256: string;
  intent_id: string | null;
  hash: string;
  status: number | null;
  detail: string | null;
  ended_at: number | null;
};

/** Requests with their outcomes, newest first, below `beforeSeq`. */
export function readLedger(
  db: Db,
  page: { beforeSeq: number | null; limit: number; purpose: SendPurpose | null },
): LedgerEntry[] {
  const rows = db
    .prepare<EntryRow>(
      `SELECT r.seq, r.at, r.connection_id, r.host, r.purpose, r.method, r.path, r.bytes_out, r.body_sha256,
              r.intent_id, r.hash, o.status, o.detail, o.at AS ended_at
       FROM egress_ledger r LEFT JOIN egress_ledger o ON o.request_seq = r.seq AND o.kind = 'outcome'
       WHERE r.kind = 'request' AND r.seq < ? AND (? IS NULL OR r.purpose = ?)
       ORDER BY r.seq DESC LIMIT ?`,
    )
    .all(page.beforeSeq ?? Number.MAX_SAFE_INTEGER, page.purpose, page.purpose, page.limit);
  return rows.map((row) => ({
    seq: row.seq,
    at: row.at,
    connectionId: row.connection_id,
    host: row.host,
    purpose: row.purpose,
    method: row.method,
    path: row.path,
    bytesOut: row.bytes_out,
    bodySha256: row.body_sha256,
    intentId: row.intent_id,
    outcome: row.ended_at === null ? 'open' : row.status === null ? 'failed' : 'answered',
    status: row.status,
    detail: row.detail ?? '',
    endedAt: row.ended_at,
    hash: row.hash,
  }));
}

/** How many requests there are, of one purpose or all. */
export function countRequests(db: Db, purpose: SendPurpose | null): number {
  const row = db
    .prepare<{ n: number }>(
      "SELECT COUNT(*) AS n FROM egress_ledger WHERE kind = 'request' AND (? IS NULL OR purpose = ?)",
    )
    .get(purpose, purpose);
  return row?.n ?? 0;
}

/** What went to each host, most recent first. */
export function sumByHost(db: Db): EgressSummary['hosts'] {
  return db
    .prepare<EgressSummary['hosts'][number]>(
      `SELECT host, COUNT(*) AS requests, SUM(bytes_out) AS bytesOut, MAX(at) AS lastSentAt
       FROM egress_ledger WHERE kind = 'request' GROUP BY host ORDER BY lastSentAt DESC`,
    )
    .all();
}

/** Requests that the program's end left without an outcome. */
export function openRequests(db: Db): number[] {
  return db
    .prepare<{ seq: number }>(
      `SELECT r.seq FROM egress_ledger r LEFT JOIN egress_ledger o ON o.request_seq = r.seq AND o.kind = 'outcome'
       WHERE r.kind = 'request' AND o.seq IS NULL ORDER BY r.seq`,
    )
    .all()
    .map((row) => row.seq);
}

/** Keeps an approval by the hash of its id, so that reading the store does not give a usable one. */
export function insertApproval(
  db: Db,
  approval: { idSha256: string; subjectSha256: string; mintedAt: number; expiresAt: number },
): void {
  db.prepare('DELETE FROM egress_approvals WHERE expires_at < ? AND used_at IS NULL').run(approval.mintedAt);
  db.prepare(
    'INSERT INTO egress_approvals (id_sha256, subject_sha256, minted_at, expires_at) VALUES (?, ?, ?, ?)',
  ).run(approval.idSha256, approval.subjectSha256, approval.mintedAt, approval.expiresAt);
}

/** Marks an approval used; false when it is unknown, used before, expired or meant for something else. */
export function spendApproval(
  db: Db,
  approval: { idSha256: string; subjectSha256: string; now: number },
): boolean {
  const { changes } = db
    .prepare(
      `UPDATE egress_approvals SET used_at = ?
       WHERE id_sha256 = ? AND subject_sha256 = ? AND used_at IS NULL AND expires_at >= ?`,
    )
    .run(approval.now, approval.idSha256, approval.subjectSha256, approval.now);
  return changes === 1;
}
