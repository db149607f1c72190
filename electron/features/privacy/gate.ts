import { rulesVersion } from '../../../shared/features/privacy/detect/rule-table.ts';
import type { GateBlock, GateSetting } from '../../../shared/features/privacy/privacy.model.ts';
import { countOfType, isHeldBack, usualGate } from '../../../shared/features/privacy/privacy.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { PrivacyGate } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import type { CountInput, CountResult } from './count.job.ts';
import { countStates, scanState, type StateCount } from './privacy.sql.ts';
import { readGate } from './decisions.sql.ts';

/** What data must be before it may leave: the workspace's setting, or the usual one. */
export function gateOf(db: Db): GateSetting {
  return readGate(db) ?? usualGate;
}

/** What holds a data set back under a setting, worst first in words; null when nothing does. */
export function blockFor(
  gate: GateSetting,
  facts: { name: string; unscanned: number; counts: readonly StateCount[] },
): GateBlock | null {
  if (!gate.isOn) return null;
  const held = facts.counts.filter((one) => one.state === 'open' && isHeldBack(gate, one));
  const unresolved = held.reduce((sum, one) => sum + one.count, 0);
  if (unresolved > 0) {
    const byType = Map.groupBy(held, ({ type }) => type);
    const parts = [...byType].map(([type, same]) =>
      countOfType(
        type,
        same.reduce((sum, one) => sum + one.count, 0),
      ),
    );
    return {
      unresolved,
      what: `“${facts.name}” holds personal data or secrets that nobody has decided about: ${parts.join(', ')}.`,
      todo: 'Mask, drop or keep them in the Privacy tab of the data set; the setting there says what is held back.',
    };
  }
  if (gate.mustBeScanned && facts.unscanned > 0) {
    return {
      unresolved: 0,
      what: `${facts.unscanned} examples of “${facts.name}” were not scanned for personal data with the present rules.`,
      todo: 'Scan the data set in its Privacy tab; the setting there says whether that is needed.',
    };
  }
  return null;
}

/** The gate for every way out of this machine; see {@link PrivacyGate}. */
export function createPrivacyGate(kit: Kit): PrivacyGate {
  const blockOf = (datasetId: string): GateBlock | null => {
    const { db } = kit.workspace.require();
    const state = scanState(db, datasetId, rulesVersion);
    if (!state) return null;
    return blockFor(gateOf(db), { ...state, counts: countStates(db, state.key) });
  };
  return {
    blockOf,
    async blockOfContents(datasetId, contentIds) {
      const session = kit.workspace.require();
      const state = scanState(session.db, datasetId, rulesVersion);
      if (!state) return null;
      const input: CountInput = { store: session.address, contentIds };
      const found = await kit.workers.run<CountResult>('privacy.count', input);
      return blockFor(gateOf(session.db), { name: state.name, ...found });
    },
    requirePassage(datasetId) {
      const block = blockOf(datasetId);
      if (!block) return;
      throw new AppFailure('PERSONAL_DATA_UNRESOLVED', {
        what: block.what,
        todo: block.todo,
        retry: 'never',
        subject: { feature: 'privacy', id: datasetId },
      });
    },
  };
}
