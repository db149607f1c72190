import type { QuarantinedPair } from '../../../shared/features/preferences/preferences.model.ts';
import { formatNumber } from '../../ui/format.ts';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';

/** Lines that could not become pairs: where, why, and what stands there. */
export function QuarantinedLines({ rows }: { rows: readonly QuarantinedPair[] }) {
  return (
    <ul className="my-2">
      {rows.map(({ line, message, raw }) => (
        <li key={`${line} ${message}`} className="border-b border-line py-3 last:border-0">
          <p className="mb-2 flex flex-wrap items-baseline gap-x-3 text-sm">
            <span className="font-semibold tabular-nums">Line {formatNumber(line)}</span>
            <span className="min-w-0 break-words">{message}</span>
          </p>
          {raw !== '' && (
            <div className="rounded-md border border-line bg-sunken px-3 py-2">
              <TextWithBadges text={raw} isMono limit={400} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
