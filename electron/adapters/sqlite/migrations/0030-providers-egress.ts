import type { Migration } from '../migrate.ts';

const connections = `
  CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('openai', 'compatible')),
    name TEXT NOT NULL CHECK (name <> ''),
    base_url TEXT NOT NULL,
    host TEXT NOT NULL,
    organization TEXT,
    project TEXT,
    key_last4 TEXT NOT NULL CHECK (length(key_last4) <= 4),
    key_stored TEXT NOT NULL CHECK (key_stored IN ('keychain', 'safeStorage', 'memory')),
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX connections_by_name ON connections (name);

  CREATE TABLE connection_facts (
    connection_id TEXT PRIMARY KEY,
    blocked_since INTEGER,
    blocked_message TEXT,
    test TEXT,
    models TEXT,
    models_read_at INTEGER,
    CHECK ((blocked_since IS NULL) = (blocked_message IS NULL)),
    CHECK ((models IS NULL) = (models_read_at IS NULL))
  ) STRICT;
`;

const egress = `
  CREATE TABLE egress_gate (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position TEXT NOT NULL CHECK (position IN ('offline', 'online')),
    moved_at INTEGER
  ) STRICT;
  INSERT INTO egress_gate (id, position, moved_at) VALUES (1, 'offline', NULL);

  CREATE TABLE egress_ledger (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gate', 'request', 'outcome')),
    request_seq INTEGER REFERENCES egress_ledger (seq),
    connection_id TEXT,
    host TEXT,
    purpose TEXT,
    method TEXT,
    path TEXT,
    bytes_out INTEGER CHECK (bytes_out >= 0),
    body_sha256 TEXT CHECK (length(body_sha256) = 64),
    intent_id TEXT,
    status INTEGER,
    detail TEXT NOT NULL,
    prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    CHECK ((kind = 'request') = (body_sha256 IS NOT NULL)),
    CHECK ((kind = 'outcome') = (request_seq IS NOT NULL))
  ) STRICT;
  CREATE UNIQUE INDEX egress_one_outcome ON egress_ledger (request_seq) WHERE kind = 'outcome';
  CREATE INDEX egress_requests ON egress_ledger (seq, purpose) WHERE kind = 'request';
  CREATE INDEX egress_requests_by_host ON egress_ledger (host, at, bytes_out) WHERE kind = 'request';
  CREATE TRIGGER egress_is_append_only_update BEFORE UPDATE ON egress_ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
  CREATE TRIGGER egress_is_append_only_delete BEFORE DELETE ON egress_ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

  CREATE TABLE egress_approvals (
    id_sha256 TEXT PRIMARY KEY CHECK (length(id_sha256) = 64),
    subject_sha256 TEXT NOT NULL CHECK (length(subject_sha256) = 64),
    minted_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
  ) STRICT;
  CREATE INDEX egress_approvals_by_expiry ON egress_approvals (expires_at);
`;

/** Connections to providers, the network gate, its append-only hash-chained ledger, and one-time approvals. */
export const providersEgress: Migration = {
  version: 30,
  name: 'providers-egress',
  up(db) {
    db.exec(connections);
    db.exec(egress);
  },
};
