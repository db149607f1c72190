import type { preferencesContract } from '../../../shared/features/preferences/preferences.contract.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { createJudging } from './judging.ts';
import { createQueue } from './queue.ts';
import { registerOperations } from './operations.ts';
import { createReasons } from './reasons.ts';
import { createSets, type PreferenceRequires } from './sets.ts';

/** Sets of pairs and their judging. */
export function createPreferencesService(
  kit: Kit,
  requires: PreferenceRequires,
): Handlers<typeof preferencesContract> {
  registerOperations(kit.events);
  return {
    ...createSets(kit, requires),
    ...createQueue(kit),
    ...createJudging(kit),
    ...createReasons(kit),
  };
}
