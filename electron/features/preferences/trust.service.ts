import type { trustContract } from '../../../shared/features/preferences/trust.contract.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { requireSet } from './sets.sql.ts';
import type { TrustInput, TrustResult } from './trust.job.ts';

/** Reports kept in memory: those of the sets looked at last. */
const mostKept = 4;

/** How far verdicts can be trusted; worked out anew only when something about the set changed. */
export function createTrustService(kit: Kit): Handlers<typeof trustContract> {
  // By connection: a set of another workspace, or of one that was restored, is another set.
  const ofStore = new WeakMap<Db, Map<string, TrustResult>>();
  return {
    async report({ setId }, { signal }) {
      const { db, address } = kit.workspace.require();
      const kept = ofStore.get(db) ?? new Map<string, TrustResult>();
      ofStore.set(db, kept);
      const known = kept.get(setId);
      if (known?.revision === requireSet(db, setId).revision) return known.report;
      const input: TrustInput = { store: address, setId };
      const found = await kit.workers.run<TrustResult>('preferences.trust', input, { signal });
      kept.delete(setId);
      kept.set(setId, found);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      return found.report;
    },
  };
}
