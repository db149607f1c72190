import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type {
  JudgingPair,
  PairFilter,
  PreferenceKind,
  VerdictRole,
} from '../../../shared/features/preferences/preferences.model.ts';
import { rpc } from '../../rpc.ts';
import { readAhead } from '../../ui/markdown.tsx';
import { contentPieces } from './answer-content.ts';
import { createJudgingSession, type JudgingSession } from './judging-session.ts';
import type { JudgingPorts, JudgingState } from './judging-stage.ts';

/** Whose queue is judged, and which part of it. */
export type JudgedQueue = {
  readonly setId: string;
  readonly kind: PreferenceKind;
  readonly reviewer: string;
  readonly role: VerdictRole;
  /** Null for what is still to be judged. */
  readonly filter: PairFilter | null;
  /** The pair to begin with. */
  readonly pairId: number | null;
};

function prepare(pairs: readonly JudgingPair[]): void {
  readAhead(
    pairs.flatMap(({ prompt, a, b }) =>
      [...prompt.messages.slice(-1), a.message, ...(b ? [b.message] : [])].flatMap((message) =>
        contentPieces(message).flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])),
      ),
    ),
  );
}

function portsOf({ setId, reviewer, role, filter }: JudgedQueue): JudgingPorts {
  const of = { setId, reviewer };
  return {
    ahead: (after, limit) =>
      rpc.preferences.ahead({ ...of, role, after, limit, ...(filter ? { filter } : {}) }),
    pair: (pairId) => rpc.preferences.pair({ ...of, pairId, role }),
    decide: (given) => rpc.preferences.decide({ ...of, ...given, role }),
    skip: (pairId) => rpc.preferences.skip({ ...of, pairId }),
    flag: (pairId, isFlagged) => rpc.preferences.flag({ ...of, pairId, isFlagged }),
    saveDraft: (pairId, draft) => rpc.preferences.saveDraft({ ...of, pairId, draft }),
    takeBack: () => rpc.preferences.takeBack(of),
    now: () => performance.now(),
    prepare,
  };
}

/** A session over a queue, begun when the screen opens and left when it closes. Wrap `queue` in `useMemo`. */
export function useJudging(queue: JudgedQueue): { session: JudgingSession; state: JudgingState } {
  const session = useMemo(() => createJudgingSession(portsOf(queue), queue.kind), [queue]);
  useEffect(() => {
    void session.start(queue.pairId);
    return () => void session.leave().catch(() => {});
  }, [session, queue]);
  return { session, state: useStore(session.store) };
}
