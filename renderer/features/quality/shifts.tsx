import type { ShiftResult } from '../../../shared/features/quality/quality.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { formatFixed } from '../../ui/format.ts';
import { Table } from '../../ui/table.tsx';
import { facetTitle, verdictWords } from './quality-words.ts';

/** How two sides are apart, facet by facet, with what the number means. */
export function Shifts(props: { caption: string; shifts: readonly ShiftResult[] }) {
  return (
    <div className="space-y-2">
      <Table
        caption={props.caption}
        isCaptionShown
        rows={props.shifts}
        rowKey={({ facet }) => facet}
        empty="Nothing to compare: no facet has more than one value."
        columns={[
          { id: 'facet', header: 'What', cell: ({ facet }) => facetTitle(facet) },
          { id: 'psi', header: 'PSI', align: 'end', cell: ({ psi }) => formatFixed(psi, 3) },
          {
            id: 'chance',
            header: 'By chance up to',
            align: 'end',
            cell: ({ chance }) => formatFixed(chance, 3),
          },
          {
            id: 'verdict',
            header: 'Reading',
            cell: ({ verdict }) => {
              const { words, tone } = verdictWords(verdict);
              return (
                <span className="inline-flex items-center gap-1.5">
                  <ToneIcon tone={tone} className="size-3.5" />
                  {words}
                </span>
              );
            },
          },
        ]}
      />
      <p className="max-w-prose text-xs text-muted">
        PSI, the population stability index, is 0 when both sides have the same shares; from 0.1 on the shift
        counts as moderate, from 0.25 on as large. Small samples are apart by chance alone: up to the figure
        beside it in 19 of 20 cases, and such a shift is read as alike.
      </p>
    </div>
  );
}
