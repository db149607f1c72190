import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { WorkspaceInfo } from '../../../shared/features/workspaces/workspaces.model.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { type Lease, StoreUnreadable, type WorkspaceStores } from '../../core/store-ports.ts';
import {
  createWriterLock,
  type WorkspaceSession,
  type WorkspaceSwitch,
} from '../../core/workspace-session.ts';
import { backUpStore } from './workspaces.backups.ts';
import { inUse, noWorkspaceHere, recoveryNeeded, storeFailure } from './workspaces.failures.ts';
import {
  emptyFolder,
  folderNameOf,
  fullFolder,
  type Identity,
  prepareFolder,
  readIdentity,
  writeIdentity,
} from './workspaces.folder.ts';
import { createWorkspaceKeys, type WorkspaceKey, type WorkspaceKeys } from './workspaces.keys.ts';
import type { RecentList } from './workspaces.recent.ts';
import { readFacts, writeFacts } from './workspaces.sql.ts';

export type Opened = { workspace: WorkspaceInfo };
/** The phrase is null when the workspace is not encrypted. */
export type Created = Opened & { recoveryPhrase: string | null };

type Parts = { switch: WorkspaceSwitch; stores: WorkspaceStores; recent: RecentList };
type Start = { folder: string; key: WorkspaceKey; identity: Identity; version: number; lease: Lease };

/** Makes, opens, closes and swaps workspaces, one change at a time. */
export class Opening {
  readonly #kit: Kit;
  readonly #parts: Parts;
  readonly #keys: WorkspaceKeys;
  readonly #turn = createWriterLock();
  #lease: Lease | null = null;
  #isReplacing = false;

  constructor(kit: Kit, parts: Parts) {
    this.#kit = kit;
    this.#parts = parts;
    this.#keys = createWorkspaceKeys(kit.secrets, kit.log);
  }

  /** The folder for a new workspace of this name when the user names none: free, under the app folder. */
  suggestFolder(name: string): string {
    const base = join(this.#kit.appFolder, 'workspaces', folderNameOf(name));
    let folder = base;
    for (let n = 2; existsSync(folder); n += 1) folder = `${base}-${n}`;
    return folder;
  }

  /** Makes a workspace and opens it; the phrase is not kept anywhere. */
  create(wish: { name: string; folder: string | null; isDemo?: boolean }): Promise<Created> {
    return this.#exclusively(async () => {
      const folder = fullFolder(wish.folder ?? this.suggestFolder(wish.name));
      const blank = this.#newIdentity(wish.name, wish.isDemo ?? false);
      const { recoveryPhrase, ...key } = await this.#keys.create(blank.id);
      const identity = { ...blank, isEncrypted: key.keyHex !== null };
      await prepareFolder(folder);
      try {
        await writeIdentity(this.#kit.atomicFiles, folder, identity);
        const lease = this.#takeLease(folder);
        await this.#close();
        const session = await this.#start({ folder, key, identity, version: 0, lease });
        return { workspace: session.info, recoveryPhrase };
      } catch (error) {
        await emptyFolder(folder);
        throw error;
      }
    });
  }

  /**
   * Opens the workspace in `folder`; the one that is open is closed once the new one proved readable. `prepare` may
   * change the folder's files first, under its lease.
   */
  open(
    wish: { folder: string; recoveryPhrase: string | null },
    prepare: (found: {
      folder: string;
      key: WorkspaceKey;
      known: Identity | null;
    }) => Promise<void> = async () => {},
  ): Promise<Opened> {
    return this.#exclusively(async () => {
      const folder = fullFolder(wish.folder);
      const current = this.#kit.workspace.get();
      if (current?.folder === folder) return { workspace: current.info };
      const known = await readIdentity(folder);
      const key = await this.#findKey(folder, known, wish.recoveryPhrase);
      const lease = this.#takeLease(folder);
      try {
        await prepare({ folder, key, known });
        const version = this.#probe(folder, key, wish.recoveryPhrase !== null);
        await this.#close();
        const identity = known ?? this.#newIdentity('Workspace', false);
        const session = await this.#start({ folder, key, identity, version, lease });
        if (wish.recoveryPhrase !== null && key.keyHex) await this.#keys.keep(session.info.id, key.keyHex);
        return { workspace: session.info };
      } catch (error) {
        lease.release();
        throw error;
      }
    });
  }

  /** Closes the open workspace, if any; running tasks stop and go on at the next opening. */
  close(): Promise<void> {
    return this.#exclusively(() => this.#close());
  }

  /** Closes the open workspace, lets `replace` change its files, and opens it again whatever happens. */
  reopenAround(replace: () => Promise<void>): Promise<WorkspaceInfo> {
    return this.#exclusively(async () => {
      const { folder, info, address } = this.#kit.workspace.require();
      const lease = this.#lease ?? this.#takeLease(folder);
      const key = { keyHex: address.keyHex, encryption: info.encryption };
      const identity = (await readIdentity(folder)) ?? this.#newIdentity(info.name, info.isDemo);
      try {
        this.#isReplacing = true;
        await this.#parts.switch.closed();
      } finally {
        this.#isReplacing = false;
      }
      try {
        await replace();
      } finally {
        await this.#startAgain({ folder, key, identity, lease });
      }
      return this.#kit.workspace.require().info;
    });
  }

  /** Deletes the workspace in `folder` with its key, closing it first; throws WORKSPACE_BUSY while another has it. */
  discard(folder: string): Promise<void> {
    return this.#exclusively(async () => {
      if (this.#kit.workspace.get()?.folder === folder) await this.#close();
      if (!existsSync(folder)) return;
      const lease = this.#takeLease(folder);
      const identity = await readIdentity(folder);
      if (identity) await this.#keys.forget(identity.id);
      // Windows deletes no file that is open.
      lease.release();
      await rm(folder, { recursive: true, force: true });
    });
  }

  async #exclusively<T>(change: () => Promise<T>): Promise<T> {
    const release = await this.#turn();
    try {
      return await change();
    } finally {
      release();
    }
  }

  #newIdentity(name: string, isDemo: boolean): Identity {
    return { format: 1, id: uuidv7(), name, createdAt: this.#kit.clock.now(), isDemo, isEncrypted: false };
  }

  #takeLease(folder: string): Lease {
    const taken = this.#parts.stores.takeLease(folder);
    if ('lease' in taken) return taken.lease;
    throw inUse(folder, taken.holder);
  }

  async #close(): Promise<void> {
    await this.#parts.switch.closed();
    this.#kit.changes.emit('workspaces');
  }

  async #findKey(folder: string, known: Identity | null, phrase: string | null): Promise<WorkspaceKey> {
    const { stores } = this.#parts;
    const look = stores.look(join(folder, stores.storeFileName));
    if (look === 'missing' || (look === 'empty' && !known)) throw noWorkspaceHere(folder);
    if (look === 'plain') return this.#keys.none();
    if (phrase !== null) return this.#keys.fromPhrase(phrase);
    const found = known && (await this.#keys.find(known.id));
    if (found) return found;
    if (look === 'empty') return this.#keys.none();
    if (known && !known.isEncrypted) return this.#keys.none();
    throw recoveryNeeded('This workspace is encrypted, and this machine does not hold its key.');
  }

  async #startAgain(start: Omit<Start, 'version'>): Promise<void> {
    try {
      await this.#start({ ...start, version: this.#probe(start.folder, start.key, false) });
    } catch (error) {
      start.lease.release();
      throw error;
    }
  }

  /** The schema version in the folder, read without changing anything; throws what the user must know. */
  #probe(folder: string, key: WorkspaceKey, isTyped: boolean): number {
    const { stores } = this.#parts;
    const file = join(folder, stores.storeFileName);
    if (stores.look(file) === 'empty') return 0;
    try {
      const version = stores.version({ file, keyHex: key.keyHex });
      if (version > stores.newestVersion) throw new StoreUnreadable('newer', `version ${version}`);
      return version;
    } catch (error) {
      throw storeFailure(error, folder, isTyped);
    }
  }

  async #start(start: Start): Promise<WorkspaceSession> {
    const { folder, lease } = start;
    try {
      await this.#backUpBeforeMigration(start);
      const session = this.#openStore(start);
      await this.#parts.switch.opened(session);
      const { name, openedAt } = session.info;
      await this.#parts.recent.remember({ name, folder, lastOpenedAt: openedAt });
      this.#kit.changes.emit('workspaces');
      return session;
    } catch (error) {
      await this.#parts.switch.closed();
      lease.release();
      throw storeFailure(error, folder, false);
    }
  }

  async #backUpBeforeMigration({ folder, key, version }: Start): Promise<void> {
    const { newestVersion, storeFileName } = this.#parts.stores;
    if (version === 0 || version >= newestVersion) return;
    const address = { file: join(folder, storeFileName), keyHex: key.keyHex };
    await backUpStore(this.#kit, { folder, address }, `pre-v${newestVersion}`);
  }

  #openStore({ folder, key, identity, lease }: Start): WorkspaceSession {
    const openedAt = this.#kit.clock.now();
    const describe = (db: Db): WorkspaceInfo => {
      const facts = readFacts(db) ?? identity;
      db.transaction(() => writeFacts(db, facts));
      const { id, name, isDemo } = facts;
      return { id, name, folder, isDemo, encryption: key.encryption, openedAt };
    };
    const session = this.#parts.stores.open({ folder, keyHex: key.keyHex }, describe);
    this.#lease = lease;
    const close = (): void => {
      session.db.close();
      if (this.#isReplacing) return;
      this.#lease = null;
      lease.release();
    };
    return { ...session, db: { ...session.db, close } };
  }
}
