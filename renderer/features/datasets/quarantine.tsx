import { useState } from 'react';
import type { QuarantinedLine } from '../../../shared/features/datasets/datasets.model.ts';
import { Badge, ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import { useQuarantine } from './datasets.queries.ts';

function Line({ line }: { line: QuarantinedLine }) {
  return (
    <li className="border-b border-line py-4 last:border-0">
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
        <span className="font-semibold tabular-nums">Line {formatNumber(line.line)}</span>
        <span className="text-xs text-muted tabular-nums">byte {formatNumber(line.byteOffset)}</span>
        <Badge tone="ruby">{line.code}</Badge>
        <span className="min-w-0">{line.message}</span>
      </div>
      <div className="rounded-md border border-line bg-sunken px-3 py-2">
        <TextWithBadges text={line.raw} isMono limit={600} />
      </div>
    </li>
  );
}

/** The lines of the file that did not become examples, page by page: where, why, and what stands there. */
export function Quarantine({ datasetId }: { datasetId: string }) {
  const [starts, setStarts] = useState<readonly number[]>([0]);
  const afterLine = starts.at(-1) ?? 0;
  const query = useQuarantine(datasetId, afterLine);
  return (
    <PageBody>
      <Loaded query={query}>
        {({ lines, total }) => {
          if (total === 0) {
            return (
              <EmptyState icon={<ToneIcon tone="emerald" />} title="No line was kept aside">
                Every line of the file became an example.
              </EmptyState>
            );
          }
          const last = lines.at(-1)?.line;
          return (
            <>
              <p className="max-w-prose text-sm text-muted">
                {formatCount(total, 'line')} could not become an example. Correct them in the file and import
                it again; nothing of them was dropped or guessed.
              </p>
              <ul className="my-2">
                {lines.map((line) => (
                  <Line key={line.line} line={line} />
                ))}
              </ul>
              <div className="flex gap-2">
                {starts.length > 1 && (
                  <Button onPress={() => setStarts(starts.slice(0, -1))}>Earlier lines</Button>
                )}
                {lines.length === 50 && last !== undefined && (
                  <Button onPress={() => setStarts([...starts, last])}>Later lines</Button>
                )}
              </div>
            </>
          );
        }}
      </Loaded>
    </PageBody>
  );
}
