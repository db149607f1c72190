import { rulesVersion } from '../../../shared/features/privacy/detect/rule-table.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import { countInContents, type StateCount } from './privacy.sql.ts';

export type CountInput = { readonly store: DbAddress; readonly contentIds: Uint32Array };
export type CountResult = { readonly unscanned: number; readonly counts: readonly StateCount[] };

/** Counts what is unresolved in contents, whether examples show them now or not. Job `privacy.count`. */
export function createCountJob(parts: { openStore(address: DbAddress): Db }) {
  return async (input: CountInput): Promise<CountResult> => {
    const db = parts.openStore(input.store);
    try {
      return countInContents(db, input.contentIds, rulesVersion);
    } finally {
      db.close();
    }
  };
}
