import type { ReactNode } from 'react';
import type { OutcomeCounts } from '../../../shared/features/preferences/outcome.model.ts';
import { formatCount } from '../../ui/format.ts';
import { Link } from '../../ui/link.tsx';
import { Stat } from '../../ui/stat.tsx';
import { Table } from '../../ui/table.tsx';
import { leftOutWords } from './outcome-words.ts';

const share = (part: number, whole: number): string =>
  whole === 0 ? '0 %' : `${((100 * part) / whole).toFixed(part === whole ? 0 : 1)} %`;

/** How much of a set becomes rows: one bar, with why the rest does not. */
export function OutcomeCountsView({
  counts,
  setId,
  action,
}: {
  counts: OutcomeCounts;
  setId: string;
  action: ReactNode;
}) {
  const out = counts.leftOut.toSorted((a, b) => b.pairs - a.pairs);
  const becoming = counts.pairs - out.reduce((sum, { pairs }) => sum + pairs, 0);
  return (
    <div className="space-y-6">
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat
          label="Rows"
          value={counts.rows.toLocaleString()}
          detail={`of ${formatCount(counts.pairs, 'pair')}`}
        />
        <Stat label="Prompts" value={counts.prompts.toLocaleString()} detail="different ones" />
        <Stat
          label="Edited answers"
          value={counts.edited.toLocaleString()}
          detail={share(counts.edited, counts.rows)}
        />
        <Stat
          label="Longer preferred"
          value={share(counts.longerPreferred, counts.rows)}
          detail={
            counts.adjudicated > 0 ? `${formatCount(counts.adjudicated, 'row')} adjudicated` : 'of the rows'
          }
        />
      </div>
      <div aria-hidden className="flex h-3 overflow-hidden rounded-full bg-press">
        <div className="bg-accent" style={{ width: `${(100 * becoming) / Math.max(1, counts.pairs)}%` }} />
      </div>
      {action}
      {out.length > 0 && (
        <Table
          caption={`${formatCount(counts.pairs - becoming, 'pair')} left out`}
          isCaptionShown
          rows={out}
          rowKey={({ why }) => why}
          columns={[
            { id: 'why', header: 'Why', cell: ({ why }) => leftOutWords[why].label },
            { id: 'pairs', header: 'Pairs', align: 'end', cell: ({ pairs }) => pairs.toLocaleString() },
            {
              id: 'todo',
              header: 'What can be done',
              cell: ({ why }) => <span className="text-muted">{leftOutWords[why].detail}</span>,
            },
          ]}
        />
      )}
      {counts.examples.length > 0 && (
        <Table
          caption="The first rows"
          isCaptionShown
          maxHeight={360}
          rows={counts.examples.map((row, at) => ({ ...row, at }))}
          rowKey={({ at }) => at}
          columns={[
            {
              id: 'prompt',
              header: 'Prompt',
              cell: ({ prompt, pairId }) => (
                <Link href={`/preferences/${setId}?tab=queue&pairs=[${pairId}]`}>
                  <span className="line-clamp-2">{prompt}</span>
                </Link>
              ),
            },
            {
              id: 'preferred',
              header: 'Preferred',
              cell: ({ preferred }) => <span className="line-clamp-2">{preferred}</span>,
            },
            {
              id: 'rejected',
              header: 'Rejected',
              cell: ({ rejected }) => <span className="line-clamp-2 text-muted">{rejected ?? '—'}</span>,
            },
          ]}
        />
      )}
    </div>
  );
}
