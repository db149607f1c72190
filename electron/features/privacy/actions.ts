import { v7 as uuidv7 } from 'uuid';
import type { PersonalDataType, WhichDetections } from '../../../shared/features/privacy/privacy.model.ts';
import { editedExamples } from '../../../shared/features/privacy/packed-edits.ts';
import { countOfType } from '../../../shared/features/privacy/privacy.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ExampleRewriter } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { EditsInput, EditsResult } from './edits.job.ts';
import type { KeepInput } from './keep.job.ts';
import { hasManyDetections } from './privacy.sql.ts';
import { manyDetections, type OpenInput, type OpenResult, readOpen } from './read.job.ts';
import { valueBehind } from './vault.sql.ts';

/** What the actions need of other features. */
export type PrivacyPorts = {
  rewriter: ExampleRewriter;
  /** Deletes examples as one undoable event; answers how many. */
  dropExamples(datasetId: string, exampleIds: number[]): Promise<number>;
};

export type Target = { datasetId: string; key: number; which: WhichDetections };

type TypeShare = { readonly type: PersonalDataType; readonly count: number };

function sumOf(counts: readonly TypeShare[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** Words of an event: what was done to how many of what, never the text itself. */
function labelOf(verb: string, counts: readonly TypeShare[]): string {
  const [first] = counts;
  const isOne = first !== undefined && counts.length === 1;
  return `${verb} ${isOne ? countOfType(first.type, first.count) : `${sumOf(counts)} detections`}`;
}

function gone(): AppFailure {
  return new AppFailure('DETECTION_GONE', {
    what: 'None of these detections is open any more.',
    todo: 'Look at the list again; nothing was changed.',
    retry: 'never',
  });
}

/** What an action is for; throws when that is nothing. Many detections are looked up by a worker. */
async function requireOpen(
  kit: Kit,
  { key, which }: Pick<Target, 'key' | 'which'>,
  wantsExamples = false,
): Promise<OpenResult> {
  const { db, address } = kit.workspace.require();
  const found = hasManyDetections(db, key, manyDetections)
    ? await kit.workers.run<OpenResult>('privacy.read-open', {
        store: address,
        key,
        which,
        wantsExamples,
      } satisfies OpenInput)
    : readOpen(db, { key, which, wantsExamples });
  if (found.counts.length === 0) throw gone();
  return found;
}

/** Why reversible pseudonyms are not possible here; null when they are. */
export function pseudonymObstacle(kit: Kit): string | null {
  const session = kit.workspace.require();
  return session.address.keyHex === null
    ? 'This workspace is not encrypted, so the values behind the pseudonyms would lie readable on disk.'
    : null;
}

function refuseWithoutEncryption(kit: Kit): void {
  const obstacle = pseudonymObstacle(kit);
  if (obstacle === null) return;
  throw new AppFailure('PSEUDONYMS_REFUSED', {
    what: obstacle,
    todo: 'Mask the places instead, or use a workspace that is encrypted.',
    retry: 'never',
  });
}

/** Puts masks or pseudonyms in the place of detections; the task is the rewriting, one undoable event. */
export async function replaceDetections(
  { kit, ports }: { kit: Kit; ports: PrivacyPorts },
  target: Target,
  action: EditsInput['action'],
): Promise<{ taskId: string; changed: number }> {
  if (action === 'pseudonymised') refuseWithoutEncryption(kit);
  const { counts } = await requireOpen(kit, target);
  const session = kit.workspace.require();
  const input: EditsInput = { store: session.address, key: target.key, which: target.which, action };
  const { edits, count } = await kit.workers.run<EditsResult>('privacy.edits', input, {
    lockWriter: () => session.lockWriter(),
  });
  if (count === 0) throw gone();
  const { taskId } = await ports.rewriter.rewrite({
    datasetId: target.datasetId,
    which: editedExamples(edits),
    transform: 'privacy.replace',
    parameters: { edits },
    label: labelOf(action === 'masked' ? 'mask' : 'pseudonymise', counts),
  });
  return { taskId, changed: count };
}

/** Deletes the examples that hold the detections. */
export async function dropDetections(
  { kit, ports }: { kit: Kit; ports: PrivacyPorts },
  target: Target,
): Promise<{ changed: number }> {
  const { exampleIds } = await requireOpen(kit, target, true);
  const changed = await ports.dropExamples(target.datasetId, exampleIds);
  kit.changes.emit('privacy');
  return { changed };
}

/** Keeps detections with a reason, as one undoable event; the work is a worker's. */
export async function keepDetections(
  kit: Kit,
  { key, which }: Pick<Target, 'key' | 'which'>,
  reason: string,
): Promise<{ changed: number }> {
  const { counts } = await requireOpen(kit, { key, which });
  const session = kit.workspace.require();
  const input: KeepInput = {
    store: session.address,
    key,
    which,
    reason,
    batch: uuidv7(),
    label: labelOf('keep', counts),
    at: kit.clock.now(),
  };
  await kit.workers.run('privacy.keep', input, { lockWriter: () => session.lockWriter() });
  kit.changes.emit('privacy');
  kit.changes.emit('workspaces');
  return { changed: sumOf(counts) };
}

/** What a pseudonym stands for; every look is an event. */
export async function revealPseudonym(kit: Kit, pseudonym: string): Promise<{ value: string }> {
  refuseWithoutEncryption(kit);
  const session = kit.workspace.require();
  const value = valueBehind(session.db, pseudonym);
  if (value === null) {
    throw new AppFailure('DETECTION_GONE', {
      what: `The vault of this workspace does not know ${pseudonym}.`,
      todo: 'Check the pseudonym; other workspaces have vaults of their own.',
      retry: 'never',
    });
  }
  const nothing = { kind: 'privacy.reveal', args: { pseudonym } };
  await session.write((db) =>
    kit.events.append(db, {
      feature: 'privacy',
      kind: 'privacy.pseudonym-revealed',
      label: `look behind ${pseudonym}`,
      forward: nothing,
      inverse: null,
    }),
  );
  return { value };
}
