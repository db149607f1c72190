import type { WorkspaceInfo } from '../../shared/features/workspaces/workspaces.model.ts';
import type { Db, DbAddress } from './ports.ts';
import type { WorkspaceSession } from './workspace-session.ts';

/** Why a store could not be opened. `wrong-key` also covers a damaged encrypted file: the two look alike. */
export type StoreProblem = 'wrong-key' | 'newer' | 'foreign' | 'damaged';

/** A store that cannot be opened, with the reason as a word. */
export class StoreUnreadable extends Error {
  readonly problem: StoreProblem;
  constructor(problem: StoreProblem, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

/** Who has a workspace open. */
export type LeaseHolder = { readonly pid: number; readonly host: string; readonly since: number };

/** The sole right to use a workspace, held until released or until the process ends, however it ends. */
export type Lease = { release(): void };

/** Stores as files: what lies there, who uses it, and opening it. */
export type WorkspaceStores = {
  /** The schema version this program writes. */
  readonly newestVersion: number;
  readonly storeFileName: string;
  /** `opaque` is encrypted, damaged or no store at all. */
  look(file: string): 'missing' | 'empty' | 'plain' | 'opaque';
  /** Schema version of the store; throws StoreUnreadable (never `newer`). */
  version(address: DbAddress): number;
  /** Opens the store, brought to the newest schema and described by `describe`; throws StoreUnreadable. */
  open(
    place: { folder: string; keyHex: string | null },
    describe: (db: Db) => WorkspaceInfo,
  ): WorkspaceSession;
  /** Takes the lease of a folder, or tells who has it. */
  takeLease(folder: string): { lease: Lease } | { holder: LeaseHolder | null };
};

/** Opens a connection in a worker thread. */
export type OpenDb = (address: DbAddress, options: { readonly: boolean }) => Db;
