import { useMemo } from 'react';
import { z } from 'zod';
import { verdictRole, type PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Button } from '../../ui/button.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useParam, useSearchState } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { JudgingPanel } from './judging-panel.tsx';
import { useCloseSet, usePreferenceSet, useReviewerQuery } from './preferences.queries.ts';
import { filterOfQueue, isQueueFiltered, queueState } from './queue-state.ts';
import type { JudgedQueue } from './use-judging.ts';

const address = queueState.extend({
  pair: z.number().int().nullable().catch(null).default(null),
  role: verdictRole.catch('reviewer').default('reviewer'),
});

function Closed({ set }: { set: PreferenceSet }) {
  const close = useCloseSet();
  return (
    <>
      <PageHead title={set.name} crumbs={[{ label: 'Preferences', href: '/preferences' }]} />
      <EmptyState
        title="This queue is closed"
        action={
          <>
            <Button
              variant="primary"
              isPending={close.isPending}
              onPress={() => close.mutate({ setId: set.setId, isClosed: false })}
            >
              Open it again
            </Button>
            <ButtonLink href={`/preferences/${set.setId}`}>See the set</ButtonLink>
          </>
        }
      >
        It takes no more verdicts, and its sources may be seen.
      </EmptyState>
    </>
  );
}

function JudgeBody({ set, reviewer }: { set: PreferenceSet; reviewer: string }) {
  const [state] = useSearchState(address);
  const { setId, kind } = set;
  const { pair: pairId, role } = state;
  const isPart = isQueueFiltered(state) || role === 'adjudicator';
  const filter = JSON.stringify(
    isPart ? filterOfQueue(role === 'adjudicator' ? { ...state, disputed: true } : state) : null,
  );
  const queue = useMemo(
    (): JudgedQueue => ({
      setId,
      kind,
      reviewer,
      role,
      pairId,
      filter: JSON.parse(filter) as JudgedQueue['filter'],
    }),
    [setId, kind, reviewer, role, pairId, filter],
  );
  if (set.closedAt !== null) return <Closed set={set} />;
  return <JudgingPanel key={JSON.stringify(queue)} set={set} queue={queue} />;
}

function JudgePage() {
  const set = usePreferenceSet(useParam('setId'));
  const reviewer = useReviewerQuery();
  return (
    <Loaded query={set}>
      {(found) => <Loaded query={reviewer}>{(name) => <JudgeBody set={found} reviewer={name} />}</Loaded>}
    </Loaded>
  );
}

/** One pair after the other: the question, the answers, the keys. */
export const judgeScreen: Screen = {
  path: '/preferences/$setId/judge',
  title: 'Judge',
  component: JudgePage,
  isAlone: true,
};
