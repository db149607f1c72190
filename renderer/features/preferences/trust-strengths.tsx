import { EyeOff, Trophy } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import type {
  Player,
  TrustStrengths as Strengths,
} from '../../../shared/features/preferences/trust.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { ForestPlot } from '../../ui/forest-plot.tsx';
import { formatCount, formatFixed, formatNumber } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Table } from '../../ui/table.tsx';
import { useCloseSet } from './preferences.queries.ts';
import { queueAddress, shareText } from './trust-words.ts';
import { UnblindDialog } from './unblind-dialog.tsx';

type Ranking = Extract<Strengths, { state: 'shown' }>['sources'];

const twoDigits = (value: number): string => formatFixed(value, 2);

const reasons = {
  ratings: 'Stars judge one answer at a time: nothing met, so nothing can be ranked.',
  no_verdicts: 'Nothing has been decided yet.',
  one_source: 'All answers come from one source: there is nobody to compare it with.',
  too_many: 'There are more than 200 sources; so many are not ranked together.',
} as const;

function Hidden({ set }: { set: PreferenceSet }) {
  const [isAsking, setAsking] = useState(false);
  const close = useCloseSet();
  return (
    <>
      <EmptyState
        icon={<EyeOff aria-hidden />}
        title="Hidden while the set is judged blind"
        action={
          <>
            <Button
              isDisabled={close.isPending}
              onPress={() =>
                close.mutate(
                  { setId: set.setId, isClosed: true },
                  { onSuccess: () => tellUndoable('The queue is closed.') },
                )
              }
            >
              Close the queue
            </Button>
            <Button onPress={() => setAsking(true)}>Show the sources…</Button>
          </>
        }
      >
        Who knows which source wins judges differently. The names come with the closing of the queue; showing
        them before is written down for ever, and later verdicts are marked as not blind.
      </EmptyState>
      {close.error && <ErrorLine error={close.error} />}
      {isAsking && <UnblindDialog set={set} onClose={() => setAsking(false)} />}
    </>
  );
}

function Places({ caption, players }: { caption: string; players: readonly Player[] }) {
  return (
    <Table
      caption={caption}
      className="mt-3"
      rows={players}
      rowKey={({ name }) => name}
      columns={[
        { id: 'name', header: 'Who', className: 'max-w-72 truncate', cell: ({ name }) => name },
        {
          id: 'strength',
          header: 'Strength',
          align: 'end',
          cell: ({ strength: { estimate, low, high } }) =>
            `${twoDigits(estimate)} (${twoDigits(low)} to ${twoDigits(high)})`,
        },
        {
          id: 'rate',
          header: 'Win rate',
          align: 'end',
          cell: ({ winRate }) => (winRate === null ? '–' : shareText(winRate)),
        },
        { id: 'wins', header: 'Won', align: 'end', cell: ({ wins }) => formatNumber(wins) },
        { id: 'ties', header: 'Undecided', align: 'end', cell: ({ ties }) => formatNumber(ties) },
        { id: 'losses', header: 'Lost', align: 'end', cell: ({ losses }) => formatNumber(losses) },
      ]}
    />
  );
}

function Sources({ sources }: { sources: Ranking }) {
  const rows = useMemo(
    () =>
      sources.players.map(({ name, strength, wins, ties, losses }) => ({
        label: name,
        ...strength,
        n: wins + ties + losses,
      })),
    [sources],
  );
  return (
    <>
      <ForestPlot
        title="Strength of sources"
        isTitleHidden
        rows={rows}
        valueName="log strength (0 is the mean)"
        valueText={twoDigits}
        reference={0}
      />
      <Places caption="Strengths and win rates of sources" players={sources.players} />
      {sources.message && <p className="mt-2 max-w-prose text-xs text-muted">{sources.message}</p>}
    </>
  );
}

/** Bradley–Terry strengths of sources, and of the answers of prompts with several; hidden while the set is blind. */
export function TrustStrengths({ strengths, set }: { strengths: Strengths; set: PreferenceSet }) {
  return (
    <Section
      title="Who wins"
      description="Bradley–Terry strengths from first looks, with 95% intervals; a tie counts as half a win."
    >
      {strengths.state === 'hidden' && <Hidden set={set} />}
      {strengths.state === 'none' && (
        <EmptyState icon={<Trophy aria-hidden />} title="No ranking">
          {reasons[strengths.why]}
        </EmptyState>
      )}
      {strengths.state === 'shown' && (
        <>
          <Sources sources={strengths.sources} />
          {strengths.prompts.length > 0 && (
            <details className="mt-5">
              <summary className="cursor-default rounded-sm text-sm font-medium focus-inside">
                {formatCount(strengths.prompts.length, 'prompt')} with several answers
              </summary>
              <ul>
                {strengths.prompts.map(({ prompt, players, pairIds }) => (
                  <li key={pairIds.join()} className="mt-4">
                    <p className="truncate text-sm">
                      <Link href={queueAddress(set.setId, pairIds)}>{prompt}</Link>
                    </p>
                    <Places caption={`Answers to “${prompt}”`} players={players} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </Section>
  );
}
