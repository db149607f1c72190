import type { trustContract } from '../../../shared/features/preferences/trust.contract.ts';
import type { TrustReport } from '../../../shared/features/preferences/trust.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { nothingChecked } from './answer-checks.ts';
import { requireSet } from './sets.sql.ts';
import type { TrustInput, TrustResult } from './trust.job.ts';

/** Reports kept in memory: those of the sets looked at last. */
const mostKept = 4;

type Work = {
  /** Reports by set, those used last behind. */
  readonly kept: Map<string, TrustResult>;
  /** What is being worked out now, by set. */
  readonly running: Map<string, Promise<TrustResult>>;
};

/**
 * How far verdicts can be trusted; worked out anew only when something about the set changed, and once at a time: every
 * verdict makes an open page ask again.
 */
export function createTrustService(kit: Kit): Handlers<typeof trustContract> {
  // By connection: a set of another workspace, or of one that was restored, is another set.
  const works = new WeakMap<Db, Work>();
  const workOf = (db: Db): Work => {
    const work = works.get(db) ?? { kept: new Map(), running: new Map() };
    works.set(db, work);
    return work;
  };

  const begin = ({ kept, running }: Work, input: TrustInput): Promise<TrustResult> => {
    const { setId } = input;
    const run = kit.workers
      .run<TrustResult>('preferences.trust', input)
      .then((found) => {
        kept.delete(setId);
        kept.set(setId, found);
        const [oldest] = kept.keys();
        if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
        return found;
      })
      .finally(() => running.delete(setId));
    running.set(setId, run);
    return run;
  };

  return {
    async report({ setId }, { signal }): Promise<TrustReport> {
      const { db, address } = kit.workspace.require();
      const work = workOf(db);
      const current = (): TrustReport | undefined => {
        const known = work.kept.get(setId);
        return known?.revision === requireSet(db, setId).revision ? known.report : undefined;
      };
      const known = current();
      if (known) return known;
      // What began before this call may be of an older state; how it ends is told to whoever asked for it.
      await work.running.get(setId)?.catch(() => undefined);
      if (signal?.aborted === true) throw cancelled();
      const meanwhile = current();
      if (meanwhile) return meanwhile;
      const checked = work.kept.get(setId)?.checked ?? nothingChecked;
      return (await (work.running.get(setId) ?? begin(work, { store: address, setId, checked }))).report;
    },
  };
}

function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The report was not worked out.',
    todo: 'Ask for it again.',
    retry: 'now',
  });
}
