import type { workspacesContract } from '../../../shared/features/workspaces/workspaces.contract.ts';
import type { DemoImporter } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { WorkspaceStores } from '../../core/store-ports.ts';
import type { WorkspaceSession, WorkspaceSwitch } from '../../core/workspace-session.ts';
import { backUpStore, listBackups } from './workspaces.backups.ts';
import { openDemo } from './workspaces.demo.ts';
import { folderFailure } from './workspaces.folder.ts';
import { Opening } from './workspaces.opening.ts';
import { createRecentList } from './workspaces.recent.ts';
import { rescue } from './workspaces.rescue.ts';
import { restore } from './workspaces.restore.ts';

type Parts = { switch: WorkspaceSwitch; stores: WorkspaceStores; demo: DemoImporter };

/** Opens, keeps safe and remembers workspaces; also undo, redo and the stream of changes. */
export function createWorkspacesService(kit: Kit, parts: Parts): Handlers<typeof workspacesContract> {
  const { stores } = parts;
  const recent = createRecentList({ ...kit, storeFileName: stores.storeFileName });
  const opening = new Opening(kit, { switch: parts.switch, stores, recent });
  const session = (): WorkspaceSession => kit.workspace.require();
  return {
    async status() {
      return { open: kit.workspace.get()?.info ?? null, recent: await recent.list() };
    },
    suggestFolder: ({ name }) => ({ folder: opening.suggestFolder(name) }),
    create: (wish) => opening.create(wish),
    open: (wish) => opening.open(wish),
    rescue: (wish) => rescue(kit, { opening, stores }, wish),
    async close() {
      await opening.close();
      return {};
    },
    async forgetRecent({ folder }) {
      await recent.forget(folder);
      kit.changes.emit('workspaces');
      return {};
    },
    openDemo: ({ reset }) =>
      openDemo(kit, { opening, importer: parts.demo, storeFileName: stores.storeFileName }, reset),
    backUp: () => backUpNow(kit),
    backups: () => listBackups(session().folder),
    restore: ({ file }) => restore(kit, { opening, stores }, file),
    history({ beforeSeq, limit }) {
      const { db } = session();
      return { events: kit.events.page(db, beforeSeq, limit), ...kit.events.labels(db) };
    },
    undo: () => move(kit, 'undo'),
    redo: () => move(kit, 'redo'),
    verifyHistory: () => kit.workers.run('workspaces.verify-history', session().address),
    changes: (_input, { signal }) => kit.changes.watch(signal),
  };
}

/** A change of more rows than this is taken back by the worker of its feature. */
const manyRows = 400;

async function move(kit: Kit, direction: 'undo' | 'redo'): Promise<{ label: string }> {
  const session = kit.workspace.require();
  const next = kit.events.next(session.db, direction);
  const { label, feature } =
    next && next.weight > manyRows
      ? await kit.workers.run<{ label: string; feature: string }>(
          `${next.feature}.history`,
          { store: session.address, verb: direction, at: kit.clock.now() },
          { lockWriter: () => session.lockWriter() },
        )
      : await session.write((db) => (direction === 'undo' ? kit.events.undo(db) : kit.events.redo(db)));
  kit.changes.emit(feature);
  kit.changes.emit('workspaces');
  return { label };
}

async function backUpNow(kit: Kit): Promise<{ file: string; sizeBytes: number; verifiedRows: number }> {
  const session = kit.workspace.require();
  try {
    const { file, sizeBytes, rows } = await backUpStore(kit, session, 'manual');
    kit.changes.emit('workspaces');
    return { file, sizeBytes, verifiedRows: rows };
  } catch (error) {
    throw folderFailure(error, session.folder);
  }
}
