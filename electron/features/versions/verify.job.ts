import { createMerkleRoot } from '../../../shared/proofs/merkle-root.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DbAddress, WorkerContext } from '../../core/ports.ts';
import { sha256, type VersionWorkerParts } from './freeze.job.ts';
import { findVersion, stateOfVersion } from './versions.sql.ts';

export type VerifyInput = { readonly store: DbAddress; readonly versionId: string };
export type VerifyResult = {
  isIntact: boolean;
  root: string;
  examples: number;
  firstBroken: number | null;
};

const lookEvery = 5000;

/** Works a version's root out again from the bytes of its examples, trusting no stored hash. Job `versions.verify`. */
export function createVerifyJob(parts: VersionWorkerParts) {
  const { states } = parts;
  return async (input: VerifyInput, context: WorkerContext): Promise<VerifyResult> => {
    const db = parts.openStore(input.store);
    try {
      const row = findVersion(db, input.versionId);
      if (!row) throw new Error(`no version ${input.versionId}`);
      const { contentIds } = stateOfVersion(db, row);
      const stored = states.identitiesOf(db, contentIds);
      const tree = createMerkleRoot(sha256);
      let firstBroken: number | null = null;
      let at = 0;
      for (const bytes of states.bytesOf(db, contentIds)) {
        const identity = states.identityOf(bytes);
        tree.add(identity);
        if (Buffer.compare(identity, stored.subarray(at * 32, at * 32 + 32)) !== 0) firstBroken ??= at + 1;
        at += 1;
        if (at % lookEvery === 0) {
          if (context.isCancelled()) throw cancelled();
          context.progress({ done: at, total: contentIds.length, message: 'Verifying' });
        }
      }
      const root = tree.root();
      return {
        isIntact: firstBroken === null && Buffer.compare(root, row.root) === 0,
        root: Buffer.from(root).toString('hex'),
        examples: at,
        firstBroken,
      };
    } finally {
      db.close();
    }
  };
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The verification was cancelled.',
    todo: 'Nothing was changed; start it again when you like.',
    retry: 'now',
  });
}
