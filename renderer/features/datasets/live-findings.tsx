import { useDeferredValue } from 'react';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { failureText } from '../../ui/failure.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { useTextCheck } from './curating.queries.ts';
import { severityTones } from './dataset-words.tsx';

const listed = 4;

/** What the checks say about a text while it is being written. */
export function LiveFindings(props: { datasetId: string; text: string; isChanged: boolean }) {
  const text = useDeferredValue(props.text);
  const check = useTextCheck(props.datasetId, text, props.isChanged);
  if (!props.isChanged) return null;
  if (check.error) {
    return (
      <p role="status" className="flex items-center gap-1.5 text-xs">
        <ToneIcon tone="ruby" className="size-3.5" /> {failureText(check.error)}
      </p>
    );
  }
  const found = check.data;
  if (!found) return <p className="text-xs text-muted">Checking…</p>;
  return (
    <div role="status" className="space-y-0.5 text-xs">
      <p className="text-muted">
        {formatNumber(found.tokens)} tokens ·{' '}
        {found.findings.length === 0 ? 'nothing found' : formatCount(found.findings.length, 'finding')}
      </p>
      {found.findings.slice(0, listed).map((one) => (
        <p key={`${one.code} ${one.pointer}`} className="flex min-w-0 items-center gap-1.5">
          <ToneIcon tone={severityTones[one.severity]} label={one.severity} className="size-3.5" />
          <span className="truncate">
            {titleOfFinding(one.code)} <span className="font-mono text-muted">{one.pointer}</span>
          </span>
        </p>
      ))}
    </div>
  );
}
