import { z } from 'zod';
import {
  type ConnectionTest,
  connectionTest,
  type TrainingBlock,
} from '../../../shared/features/providers/providers.model.ts';
import type { ProviderModel } from '../../core/feature-ports.ts';
import type { Db } from '../../core/ports.ts';

/** A connection as stored; the key is not here. */
export type ConnectionRow = {
  id: string;
  kind: 'openai' | 'compatible';
  name: string;
  base_url: string;
  host: string;
  organization: string | null;
  project: string | null;
  key_last4: string;
  key_stored: 'keychain' | 'safeStorage' | 'memory';
  created_at: number;
};

/** What was learned about a connection by using it. */
export type ConnectionFacts = {
  block: TrainingBlock | null;
  test: ConnectionTest | null;
  models: ProviderModel[];
  modelsReadAt: number | null;
};

const storedModels = z.array(
  z.object({
    id: z.string(),
    ownedBy: z.string(),
    createdAt: z.number(),
    shutdownDate: z.string().nullable(),
  }),
);

/** All connections, oldest first. */
export function listConnections(db: Db): ConnectionRow[] {
  return db.prepare<ConnectionRow>('SELECT * FROM connections ORDER BY created_at, id').all();
}

/** One connection, or undefined. */
export function findConnection(db: Db, id: string): ConnectionRow | undefined {
  return db.prepare<ConnectionRow>('SELECT * FROM connections WHERE id = ?').get(id);
}

/** True when another connection has this name. */
export function isNameTaken(db: Db, name: string, exceptId: string): boolean {
  return db.prepare('SELECT 1 FROM connections WHERE name = ? AND id <> ?').get(name, exceptId) !== undefined;
}

/** Writes a new connection. */
export function insertConnection(db: Db, row: ConnectionRow): void {
  db.prepare(
    `INSERT INTO connections (id, kind, name, base_url, host, organization, project, key_last4, key_stored, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.id,
    row.kind,
    row.name,
    row.base_url,
    row.host,
    row.organization,
    row.project,
    row.key_last4,
    row.key_stored,
    row.created_at,
  );
}

/** Gives a connection another name. */
export function renameConnection(db: Db, id: string, name: string): void {
  db.prepare('UPDATE connections SET name = ? WHERE id = ?').run(name, id);
}

/** Notes that a connection has another key and where that is kept. */
export function updateKeyFacts(
  db: Db,
  id: string,
  key: { last4: string; stored: ConnectionRow['key_stored'] },
): void {
  db.prepare('UPDATE connections SET key_last4 = ?, key_stored = ? WHERE id = ?').run(
    key.last4,
    key.stored,
    id,
  );
}

/** Forgets a connection and what was learned about it. */
export function deleteConnection(db: Db, id: string): void {
  db.prepare('DELETE FROM connections WHERE id = ?').run(id);
  db.prepare('DELETE FROM connection_facts WHERE connection_id = ?').run(id);
}

type FactsRow = {
  blocked_since: number | null;
  blocked_message: string | null;
  test: string | null;
  models: string | null;
  models_read_at: number | null;
};

/** What was learned about a connection; all empty when nothing was. */
export function readFacts(db: Db, connectionId: string): ConnectionFacts {
  const row = db
    .prepare<FactsRow>('SELECT * FROM connection_facts WHERE connection_id = ?')
    .get(connectionId);
  return {
    block:
      row && row.blocked_since !== null
        ? { since: row.blocked_since, message: row.blocked_message ?? '' }
        : null,
    test: row?.test ? connectionTest.parse(JSON.parse(row.test)) : null,
    models: row?.models ? storedModels.parse(JSON.parse(row.models)) : [],
    modelsReadAt: row?.models_read_at ?? null,
  };
}

function ensureFacts(db: Db, connectionId: string): void {
  db.prepare('INSERT INTO connection_facts (connection_id) VALUES (?) ON CONFLICT DO NOTHING').run(
    connectionId,
  );
}

/** Keeps how the last test went. */
export function writeTest(db: Db, connectionId: string, test: ConnectionTest): void {
  ensureFacts(db, connectionId);
  db.prepare('UPDATE connection_facts SET test = ? WHERE connection_id = ?').run(
    JSON.stringify(test),
    connectionId,
  );
}

/** Keeps the models as read at a time. */
export function writeModels(
  db: Db,
  connectionId: string,
  read: { models: ProviderModel[]; at: number },
): void {
  ensureFacts(db, connectionId);
  db.prepare('UPDATE connection_facts SET models = ?, models_read_at = ? WHERE connection_id = ?').run(
    JSON.stringify(read.models),
    read.at,
    connectionId,
  );
}

/** Keeps since when a provider refuses to train (the first time counts), or that it does not any more. */
export function writeBlock(db: Db, connectionId: string, block: TrainingBlock | null): void {
  ensureFacts(db, connectionId);
  db.prepare(
    `UPDATE connection_facts SET blocked_since = iif(? IS NULL, NULL, coalesce(blocked_since, ?)), blocked_message = ?
     WHERE connection_id = ?`,
  ).run(block?.since ?? null, block?.since ?? null, block?.message ?? null, connectionId);
}
