import type { Preview, PreviewExample, SetAside } from '../../../shared/features/imports/imports.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { Badge, ToneIcon } from '../../ui/badge.tsx';
import { cx } from '../../ui/class-names.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { exampleTurns, type Turn } from './example-turns.ts';

const shownCharacters = 600;
const toneOf = { error: 'ruby', warning: 'amber', info: 'neutral' } as const;

function TurnText({ turn }: { turn: Turn }) {
  const isLong = turn.text.length > shownCharacters;
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-3 py-1.5">
      <span
        className={cx(
          'pt-px text-xs',
          turn.tone === 'good' ? 'text-emerald' : turn.tone === 'bad' ? 'text-ruby' : 'text-muted',
        )}
      >
        {turn.role}
      </span>
      <div className="min-w-0">
        {turn.images.map((url) =>
          url.startsWith('data:image/') ? (
            <span key={url} className="text-xs text-muted">
              [picture]
            </span>
          ) : (
            <span key={url} className="block truncate font-mono text-xs text-muted">
              {url}
            </span>
          ),
        )}
        <p dir="auto" className="text-sm break-words whitespace-pre-wrap">
          {isLong ? `${turn.text.slice(0, shownCharacters)}…` : turn.text}
        </p>
      </div>
    </div>
  );
}

function Example({ example }: { example: PreviewExample }) {
  return (
    <li className="border-b border-line px-4 py-3 last:border-0">
      <div className="mb-1 flex items-center gap-2 text-xs text-muted">
        <span className="tabular-nums">line {formatNumber(example.line)}</span>
        {example.findings.slice(0, 3).map((found) => (
          <Badge key={`${found.code}${found.pointer}`} tone={toneOf[found.severity]} title={found.message}>
            {titleOfFinding(found.code)}
          </Badge>
        ))}
        {example.losses.length > 0 && (
          <span className="truncate" title={example.losses.map(({ field }) => field).join(', ')}>
            without {example.losses.map(({ field }) => field).join(', ')}
          </span>
        )}
      </div>
      {exampleTurns(example.value).map((turn) => (
        <TurnText key={turn.place} turn={turn} />
      ))}
    </li>
  );
}

/** Rows that cannot become examples, each with its place and reason. */
export function Aside({ rows }: { rows: readonly SetAside[] }) {
  return (
    <ul aria-label="Rows set aside">
      {rows.map((row) => (
        <li
          key={`${row.file}:${row.line}`}
          className="flex gap-2 border-b border-line px-4 py-2 text-sm last:border-0"
        >
          <ToneIcon tone="amber" className="mt-0.5" />
          <span className="min-w-0">
            <span className="text-muted">line {formatNumber(row.line)} · </span>
            {row.message}
            <span className="block truncate font-mono text-xs text-muted">{row.raw}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function rowWords({ isWhole, rowsRead }: Preview): string {
  if (rowsRead === 1) return isWhole ? 'The only row' : 'The first row';
  return `${isWhole ? 'All' : 'The first'} ${formatCount(rowsRead, 'row')}`;
}

function Summary({ preview }: { preview: Preview }) {
  const { examples, setAside, codes } = preview;
  return (
    <div className="space-y-2 border-b border-line px-4 py-3">
      <p role="status" className="text-sm">
        <span className="font-medium">{rowWords(preview)}</span> {preview.rowsRead === 1 ? 'gives' : 'give'}{' '}
        {formatCount(examples.length, 'example')}
        {setAside.length > 0 && <>, {formatNumber(setAside.length)} set aside with the reason</>}.
      </p>
      {codes.length > 0 ? (
        <ul aria-label="Findings" className="flex flex-wrap gap-1.5">
          {codes.map(({ code, severity, examples: count }) => (
            <li key={code}>
              <Badge tone={toneOf[severity]}>
                {titleOfFinding(code)} {formatNumber(count)}
              </Badge>
            </li>
          ))}
        </ul>
      ) : (
        examples.length > 0 && (
          <p className="flex items-center gap-1.5 text-sm text-muted">
            <ToneIcon tone="emerald" /> No findings among them.
          </p>
        )
      )}
    </div>
  );
}

/** What a recipe makes of the first rows, before anything is written. */
export function PreviewPane({ preview, isStale }: { preview: Preview; isStale: boolean }) {
  return (
    <div aria-busy={isStale}>
      <Summary preview={preview} />
      {preview.setAside.length > 0 && <Aside rows={preview.setAside.slice(0, 8)} />}
      <ol aria-label="First results">
        {preview.examples.map((example) => (
          <Example key={`${example.file}:${example.line}`} example={example} />
        ))}
      </ol>
      {preview.examples.length === 0 && (
        <p className="px-4 py-6 text-sm text-muted">
          No row becomes an example this way. Look at the reasons above, or choose another reading.
        </p>
      )}
    </div>
  );
}
