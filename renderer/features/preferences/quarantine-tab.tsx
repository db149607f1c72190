import { useState } from 'react';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { QuarantinedLines } from './quarantined-lines.tsx';
import { useQuarantinedPairs } from './preferences.queries.ts';

const pageSize = 50;

/** The lines that could not become pairs, page by page: where, why, and what stands there. */
export function QuarantineTab({ setId }: { setId: string }) {
  const [start, setStart] = useState(0);
  const query = useQuarantinedPairs(setId, start);
  return (
    <PageBody>
      <Loaded query={query}>
        {({ rows, total }) =>
          total === 0 ? (
            <EmptyState icon={<ToneIcon tone="emerald" />} title="Nothing was set aside">
              Every line of the source became a pair.
            </EmptyState>
          ) : (
            <>
              <p className="max-w-prose text-sm text-muted">
                {formatCount(total, 'line')} could not become a pair. Correct them at their source and make
                the set again; nothing of them was dropped or guessed.
              </p>
              <QuarantinedLines rows={rows} />
              <div className="flex gap-2">
                {start > 0 && (
                  <Button onPress={() => setStart(Math.max(0, start - pageSize))}>Earlier lines</Button>
                )}
                {start + rows.length < total && (
                  <Button onPress={() => setStart(start + pageSize)}>Later lines</Button>
                )}
              </div>
            </>
          )
        }
      </Loaded>
    </PageBody>
  );
}
