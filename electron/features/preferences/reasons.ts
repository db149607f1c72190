import type { preferencesContract } from '../../../shared/features/preferences/preferences.contract.ts';
import type { Reason } from '../../../shared/features/preferences/preferences.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';

/** The reasons of the workspace, in their order. */
export function listReasons(db: Db): Reason[] {
  return db
    .prepare<{ code: string; label: string; is_hidden: number }>(
      'SELECT code, label, is_hidden FROM preference_reasons ORDER BY place',
    )
    .all()
    .map(({ code, label, is_hidden: hidden }) => ({ code, label, isHidden: hidden === 1 }));
}

/** The workspace's reasons for a verdict. */
export function createReasons(
  kit: Kit,
): Pick<Handlers<typeof preferencesContract>, 'reasons' | 'saveReasons'> {
  return {
    reasons: () => listReasons(kit.workspace.require().db),
    async saveReasons({ reasons }) {
      const codes = new Set(reasons.map(({ code }) => code));
      if (codes.size < reasons.length) {
        throw new AppFailure('INVALID_CONTENT', {
          what: 'Two reasons have the same code.',
          todo: 'Give each one a code of its own.',
          retry: 'never',
        });
      }
      const saved = await kit.workspace.require().write((db) => {
        const set = (list: readonly Reason[]) => ({
          kind: 'preferences.set-reasons',
          args: { reasons: list },
        });
        kit.events.run(db, {
          feature: 'preferences',
          kind: 'preferences.reasons-changed',
          label: 'change the reasons of verdicts',
          forward: set(reasons),
          inverse: set(listReasons(db)),
        });
        return listReasons(db);
      });
      kit.changes.emit('preferences');
      return saved;
    },
  };
}
