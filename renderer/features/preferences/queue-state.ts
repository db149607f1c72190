import { z } from 'zod';
import {
  choice,
  everyPair,
  type PairFilter,
  workState,
} from '../../../shared/features/preferences/preferences.model.ts';

/** What the address of a set's page says: the tab, the filters of its queue and the open pair. */
export const queueState = z.object({
  tab: z.string().catch('queue').default('queue'),
  text: z.coerce.string().catch('').default(''),
  states: z.array(workState).catch([]).default([]),
  choices: z.array(choice).catch([]).default([]),
  reasons: z.array(z.string()).catch([]).default([]),
  flagged: z.boolean().catch(false).default(false),
  disputed: z.boolean().catch(false).default(false),
  mine: z.boolean().catch(false).default(false),
  pairs: z.array(z.number().int()).nullable().catch(null).default(null),
  open: z.number().int().nullable().catch(null).default(null),
});
export type QueueState = z.infer<typeof queueState>;

/** What a change of the address may name. */
export type QueuePatch = Partial<QueueState>;

/** Takes every filter away. */
export const noQueueFilter = {
  text: '',
  states: [],
  choices: [],
  reasons: [],
  flagged: false,
  disputed: false,
  mine: false,
  pairs: null,
} as const satisfies QueuePatch;

/** The filter that an address names. */
export function filterOfQueue(state: Omit<QueueState, 'tab' | 'open'>): PairFilter {
  const { text, states, choices, reasons } = state;
  return {
    ...everyPair,
    text: text.slice(0, 200),
    states,
    choices,
    reasons,
    isFlagged: state.flagged,
    isDisputed: state.disputed,
    isMine: state.mine,
    pairIds: state.pairs,
  };
}

/** True when the queue shows only a part of the pairs. */
export function isQueueFiltered(state: QueueState): boolean {
  const { text, states, choices, reasons, flagged, disputed, mine, pairs } = state;
  return (
    text !== '' ||
    flagged ||
    disputed ||
    mine ||
    pairs !== null ||
    [states, choices, reasons].some((list) => list.length > 0)
  );
}

/** A list with a value put in, or taken out when it was there. */
export function withToggled<Value>(list: readonly Value[], value: Value): Value[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

/** The address of judging what a queue shows now. */
export function judgeAddress(setId: string, state: QueueState): string {
  const named = {
    ...(state.text === '' ? {} : { text: state.text }),
    ...(state.states.length > 0 ? { states: state.states } : {}),
    ...(state.choices.length > 0 ? { choices: state.choices } : {}),
    ...(state.reasons.length > 0 ? { reasons: state.reasons } : {}),
    ...(state.flagged ? { flagged: true } : {}),
    ...(state.disputed ? { disputed: true } : {}),
    ...(state.pairs === null ? {} : { pairs: state.pairs }),
  };
  const search = Object.entries(named).map(
    ([key, value]) =>
      `${key}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return `/preferences/${setId}/judge${search.length > 0 ? `?${search.join('&')}` : ''}`;
}
