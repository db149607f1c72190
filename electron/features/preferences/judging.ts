import { createHash } from 'node:crypto';
import { canonicalText } from '../../../shared/features/datasets/canonical-json.ts';
import type { preferencesContract } from '../../../shared/features/preferences/preferences.contract.ts';
import {
  type PairVerdict,
  type VerdictInput,
  verdictInput,
  type VerdictRole,
  type WorkState,
} from '../../../shared/features/preferences/preferences.model.ts';
import { isBlank, verdictProblem } from '../../../shared/features/preferences/verdict.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { EventLog } from '../../core/event-log.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { insertIdeal } from './ideal-answer.sql.ts';
import { requirePair, setWork, type StoredPair, workOf } from './pairs.sql.ts';
import { requireSet, type SetRow, touchSet } from './sets.sql.ts';
import { isShownTo } from './pair-view.ts';
import { judgingOperations } from './judging-operations.ts';
import { currentVerdict, insertVerdict, recentVerdicts, toVerdict } from './verdicts.sql.ts';

type Judging = Pick<
  Handlers<typeof preferencesContract>,
  'decide' | 'saveDraft' | 'skip' | 'flag' | 'takeBack'
>;
type OfPair = { setId: string; pairId: number; reviewer: string };

/** A verdict with all that is kept of it. */
export type GivenVerdict = {
  pair: StoredPair;
  reviewer: string;
  role: VerdictRole;
  verdict: VerdictInput;
  isBlind: boolean;
  elapsedMs: number;
  at: number;
  origin: 'window' | 'file';
  ballot: string | null;
};

/** Writes a verdict and puts it in force as one event, inside the caller's transaction; what held before is history. */
export function giveVerdict(db: Db, events: EventLog, given: GivenVerdict): PairVerdict {
  const { pair, reviewer, role, verdict } = given;
  const before = currentVerdict(db, { pairId: pair.id, reviewer, role });
  const winner = verdict.choice === 'b' ? pair.b_candidate : pair.a_candidate;
  const id = insertVerdict(db, {
    ...verdict,
    setKey: pair.preference_set,
    pairId: pair.id,
    reviewer,
    role,
    idealCandidate:
      verdict.ideal && winner !== null
        ? insertIdeal(db, { from: winner, message: verdict.ideal, reviewer, at: given.at })
        : null,
    isBlind: given.isBlind,
    elapsedMs: given.elapsedMs,
    at: given.at,
    origin: given.origin,
    ballot: given.ballot,
    replaces: before?.id ?? null,
  });
  const sha256 = createHash('sha256')
    .update(canonicalText({ pairId: pair.id, reviewer, role, verdict }))
    .digest('hex');
  const former = before?.id ?? null;
  events.run(db, {
    feature: 'preferences',
    kind: 'preferences.decided',
    label: `judge pair ${pair.position}`,
    forward: judgingOperations.hold({ current: id, former, formerState: 'replaced', sha256 }),
    inverse: judgingOperations.hold({ current: former, former: id, formerState: 'withdrawn', sha256: null }),
  });
  const row = currentVerdict(db, { pairId: pair.id, reviewer, role });
  if (!row) throw new Error('the verdict just given does not hold');
  return toVerdict(db, row);
}

type ChangePair = <T>(of: OfPair, work: (db: Db, set: SetRow, pair: StoredPair) => T) => Promise<T>;

/** Judging: verdicts, drafts, skipping, flags. Each is durable when it answers. */
export function createJudging(kit: Kit): Judging {
  const change: ChangePair = async (of, work) => {
    const done = await kit.workspace.require().write((db) => {
      const set = requireSet(db, of.setId);
      return work(db, set, requirePair(db, set.key, of.pairId));
    });
    kit.changes.emit('preferences');
    return done;
  };
  return {
    ...createDeciding(kit, change),
    ...createSettingAside(kit, change),
    async takeBack({ setId, reviewer }) {
      const pairId = await kit.workspace.require().write((db) => takeBack(kit, db, { setId, reviewer }));
      kit.changes.emit('preferences');
      return { pairId };
    },
  };
}

function createDeciding(kit: Kit, change: ChangePair): Pick<Judging, 'decide' | 'saveDraft'> {
  return {
    decide: (input) =>
      change(input, (db, set, pair) => {
        requireOpen(set);
        requireSense(set, input.verdict);
        requireNoOther(db, input);
        const { reviewer, role, verdict, elapsedMs } = input;
        const isBlind = !isShownTo(db, set, { pair, reviewer }) && role === 'reviewer';
        const at = kit.clock.now();
        setWork(db, { key: set.key, pairId: pair.id, reviewer }, { isSkipped: false, draft: null });
        const given = { pair, reviewer, role, verdict, isBlind, elapsedMs, at };
        return giveVerdict(db, kit.events, { ...given, origin: 'window', ballot: null });
      }),
    saveDraft: (input) =>
      change(input, (db, set, pair) => {
        requireOpen(set);
        const draft =
          input.draft && !isBlank(input.draft) ? JSON.stringify(verdictInput.parse(input.draft)) : null;
        const hadDraft = typeof workOf(db, pair.id, input.reviewer)?.draft === 'string';
        setWork(db, { key: set.key, pairId: pair.id, reviewer: input.reviewer }, { draft });
        // Lists by state are kept until the set changes.
        if (hadDraft !== (draft !== null)) touchSet(db, set.key);
        return { state: stateOf(db, pair.id, input.reviewer) };
      }),
  };
}

function createSettingAside(kit: Kit, change: ChangePair): Pick<Judging, 'skip' | 'flag'> {
  const { skip, flag } = judgingOperations;
  return {
    skip: (input) =>
      change(input, (db, set, pair) => {
        requireOpen(set);
        const at = { setId: set.id, pairId: pair.id, reviewer: input.reviewer };
        if (workOf(db, pair.id, input.reviewer)?.is_skipped !== 1) {
          kit.events.run(db, {
            feature: 'preferences',
            kind: 'preferences.skipped',
            label: `skip pair ${pair.position}`,
            forward: skip({ ...at, isSkipped: true }),
            inverse: skip({ ...at, isSkipped: false }),
          });
        }
        return { state: stateOf(db, pair.id, input.reviewer) };
      }),
    flag: (input) =>
      change(input, (db, set, pair) => {
        const { reviewer, isFlagged } = input;
        const at = { setId: set.id, pairId: pair.id, reviewer };
        if ((workOf(db, pair.id, reviewer)?.is_flagged === 1) !== isFlagged) {
          kit.events.run(db, {
            feature: 'preferences',
            kind: isFlagged ? 'preferences.flagged' : 'preferences.unflagged',
            label: `${isFlagged ? 'flag' : 'unflag'} pair ${pair.position}`,
            forward: flag({ ...at, isFlagged }),
            inverse: flag({ ...at, isFlagged: !isFlagged }),
          });
        }
        return { isFlagged };
      }),
  };
}

/** How far a pair has come for a reviewer. */
export function stateOf(db: Db, pairId: number, reviewer: string): WorkState {
  if (currentVerdict(db, { pairId, reviewer, role: 'reviewer' })) return 'decided';
  const work = workOf(db, pairId, reviewer);
  if (work?.is_skipped === 1) return 'skipped';
  return work?.draft ? 'draft' : 'pending';
}

function takeBack(kit: Kit, db: Db, { setId, reviewer }: { setId: string; reviewer: string }): number | null {
  const set = requireSet(db, setId);
  requireOpen(set);
  const [newest] = recentVerdicts(db, { key: set.key, reviewer, limit: 1 });
  if (!newest) return null;
  const next = kit.events.nextOperation(db, 'undo');
  const isNewest =
    next?.kind === 'preferences.hold-verdict' &&
    (next.args as { former: number | null }).former === newest.id;
  if (isNewest) {
    kit.events.undo(db);
    return newest.pair_id;
  }
  const hold = judgingOperations.hold;
  kit.events.run(db, {
    feature: 'preferences',
    kind: 'preferences.withdrawn',
    label: `take back the verdict on pair ${requirePair(db, set.key, newest.pair_id).position}`,
    forward: hold({ current: newest.replaces, former: newest.id, formerState: 'withdrawn', sha256: null }),
    inverse: hold({ current: newest.id, former: newest.replaces, formerState: 'replaced', sha256: null }),
  });
  return newest.pair_id;
}

/** Throws QUEUE_CLOSED for a set that takes no verdicts any more. */
export function requireOpen(set: SetRow): void {
  if (set.closed_at === null) return;
  throw new AppFailure('QUEUE_CLOSED', {
    what: `The queue of “${set.name}” is closed.`,
    todo: 'Open it again to judge on.',
    retry: 'never',
  });
}

function requireSense(set: SetRow, verdict: VerdictInput): void {
  const problem = verdictProblem(set.kind, verdict);
  if (problem === null) return;
  throw new AppFailure('INVALID_CONTENT', { what: problem, todo: 'Then save it again.', retry: 'never' });
}

/** A window that shows an older state than there is must not overwrite it unseen. */
function requireNoOther(
  db: Db,
  { pairId, reviewer, role, replaces }: OfPair & { role: VerdictRole; replaces: number | null },
): void {
  if ((currentVerdict(db, { pairId, reviewer, role })?.id ?? null) === replaces) return;
  throw new AppFailure('ALREADY_DECIDED', {
    what: 'This pair was judged in another window meanwhile; that verdict stands.',
    todo: 'Look at it, and change it if you want to.',
    retry: 'never',
  });
}
