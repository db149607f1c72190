import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { ballotsContract } from '../../../shared/features/preferences/ballots.contract.ts';
import type { MergeResult, ReviewChoice } from '../../../shared/features/preferences/ballots.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles } from '../../core/ports.ts';
import type { TaskContext } from '../../core/tasks.ts';
import { requireOpen } from './judging.ts';
import type { CountInput, MakeInput, MakeResult } from './make-review-file.job.ts';
import type { MergeInput } from './merge-ballots.job.ts';
import { insertReviewFile, listReviewFiles } from './review-files.sql.ts';
import { requireSet, settingsOf } from './sets.sql.ts';

const makeKind = 'ballots.make';

/** A review file to be made; without the passphrase, because this is written down. */
type MakeParams = {
  readonly setId: string;
  readonly reviewFileId: string;
  readonly which: ReviewChoice;
  readonly reviewer: string | null;
  readonly title: string;
  readonly path: string;
};

/** Review outside the app: makes review files and merges the ballots that come back. */
export function createBallotsService(
  kit: Kit,
  { files }: { files: ChosenFiles },
): Handlers<typeof ballotsContract> {
  const start = createMaking(kit);
  return {
    async count({ setId, filter, reviewer }, { signal }) {
      const { db, address: store } = kit.workspace.require();
      requireSet(db, setId);
      const input: CountInput = { store, setId, filter, reviewer };
      return { pairs: await kit.workers.run<number>('ballots.count', input, { signal }) };
    },
    async make({ setId, destinationId, passphrase, ...wish }) {
      const set = requireSet(kit.workspace.require().db, setId);
      requireOpen(set);
      const { path } = files.requireDestination(destinationId);
      return start({ ...wish, setId, path, reviewFileId: uuidv7() }, { passphrase, setName: set.name });
    },
    list({ setId }) {
      const { db } = kit.workspace.require();
      return listReviewFiles(db, requireSet(db, setId).key);
    },
    async merge({ setId, fileIds, passphrase, allowsSecondKey }, { signal }) {
      const session = kit.workspace.require();
      requireSet(session.db, setId);
      const input: MergeInput = {
        store: session.address,
        setId,
        files: fileIds.map((fileId) => files.require(fileId)).map(({ path, name }) => ({ path, name })),
        passphrase,
        allowsSecondKey,
        at: kit.clock.now(),
      };
      try {
        const results = await kit.workers.run<MergeResult[]>('ballots.merge', input, {
          signal,
          lockWriter: () => session.lockWriter(),
        });
        return { results };
      } finally {
        kit.changes.emit('preferences');
      }
    },
  };
}

/** Making a review file as a task. The passphrase waits in memory, for the one run of it. */
function createMaking(kit: Kit) {
  const passphrases = new Map<string, string>();
  kit.events.register('preferences.make-review-file', () => {});
  kit.tasks.register<MakeParams>(makeKind, {
    // Without its passphrase a file cannot be made; the user begins anew.
    afterCrash: 'rollBack',
    async run(context) {
      const passphrase = passphrases.get(context.params.reviewFileId);
      passphrases.delete(context.params.reviewFileId);
      if (passphrase === undefined) throw new Error('the passphrase of a review file is gone');
      await makeReviewFile(kit, context, passphrase);
    },
  });
  return async (params: MakeParams, { passphrase, setName }: { passphrase: string; setName: string }) => {
    passphrases.set(params.reviewFileId, passphrase);
    try {
      const taskId = await kit.tasks.start<MakeParams>({
        kind: makeKind,
        title: `Make a review file of “${setName}”`,
        params,
        subject: { feature: 'preferences', id: params.setId },
        total: params.which.limit,
        unit: 'pairs',
      });
      return { taskId, reviewFileId: params.reviewFileId };
    } catch (error) {
      passphrases.delete(params.reviewFileId);
      throw error;
    }
  };
}

async function makeReviewFile(kit: Kit, context: TaskContext<MakeParams>, passphrase: string): Promise<void> {
  const { params, signal, workspace } = context;
  const { path, ...wish } = params;
  const input: MakeInput = { ...wish, passphrase, store: workspace.address };
  const made = await kit.workers.run<MakeResult>(makeKind, input, {
    signal,
    onProgress: ({ done, total }) => context.progress({ done, total, unit: 'pairs' }),
  });
  const { sizeBytes, sha256 } = await kit.atomicFiles.write(path, made.html).catch(unwritable(path));
  try {
    await workspace.write((db) => {
      const set = requireSet(db, params.setId);
      insertReviewFile(db, {
        id: params.reviewFileId,
        preference_set: set.key,
        title: params.title,
        set_sha256: made.setSha256,
        pair_ids: made.pairIds,
        reviewer: params.reviewer,
        is_blind: settingsOf(set).isBlind && set.unblinded_at === null ? 1 : 0,
        salt: made.salt,
        iterations: made.iterations,
        file_name: basename(path),
        size_bytes: sizeBytes,
        created_at: kit.clock.now(),
      });
      kit.events.append(db, {
        feature: 'preferences',
        kind: 'preferences.review-file-made',
        label: `make a review file of ${made.pairIds.length / 4} pairs of “${set.name}”`,
        forward: {
          kind: 'preferences.make-review-file',
          args: { reviewFileId: params.reviewFileId, sha256 },
        },
        // What was given out cannot be taken back.
        inverse: null,
      });
    });
  } catch (error) {
    // A file that the workspace does not know would be judged in vain.
    await rm(path, { force: true });
    throw error;
  }
  kit.changes.emit('preferences');
}

function unwritable(path: string) {
  return (error: unknown): never => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes(code)) throw error;
    throw new AppFailure('FILE_UNREADABLE', {
      what: 'The review file could not be written there.',
      where: { file: path },
      todo: 'Choose another folder.',
      retry: 'never',
    });
  };
}
