import type { ExportLoss, ExportReport, ExportSkip } from '../../../shared/features/exports/exports.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { formatBytes, formatCount, formatNumber } from '../../ui/format.ts';
import { Table, type TableColumn } from '../../ui/table.tsx';

const lossColumns: readonly TableColumn<ExportLoss>[] = [
  { id: 'field', header: 'Field', cell: ({ field }) => <code className="text-xs">{field}</code> },
  { id: 'rows', header: 'Rows', align: 'end', cell: ({ rows }) => formatNumber(rows) },
  { id: 'reason', header: 'Why', cell: ({ reason }) => reason },
];

const skipColumns: readonly TableColumn<ExportSkip>[] = [
  { id: 'reason', header: 'Why', cell: ({ reason }) => reason, className: 'font-normal' },
  { id: 'rows', header: 'Rows', align: 'end', cell: ({ rows }) => formatNumber(rows) },
  { id: 'lines', header: 'Lines', cell: (skip) => linesText(skip) },
];

function linesText({ lines, rows }: ExportSkip): string {
  const shown = lines.slice(0, 5).map((line) => formatNumber(line));
  return rows > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}

function Heading({ tone, children }: { tone: 'emerald' | 'amber' | 'ruby'; children: string }) {
  return (
    <h3 className="flex items-center gap-2 text-sm font-medium">
      <ToneIcon tone={tone} />
      {children}
    </h3>
  );
}

/** What an export writes, what is lost on the way and what is left out. `target` is the format's name. */
export function LossReport({ report, target }: { report: ExportReport; target: string }) {
  const { examples, written, untouched, sizeBytes, losses, skipped } = report;
  const leftOut = examples - written;
  const isWhole = losses.length === 0 && leftOut === 0;
  return (
    <div className="space-y-4">
      <p className="text-sm text-muted">
        {formatNumber(written)} of {formatCount(examples, 'example')} · {formatBytes(sizeBytes)} of text
        {untouched > 0 &&
          ` · ${untouched === written ? 'all' : formatNumber(untouched)} byte for byte as they are stored`}
      </p>
      {isWhole && written > 0 && (
        <Heading tone="emerald">{`Nothing is lost: ${target} holds all of it.`}</Heading>
      )}
      {losses.length > 0 && (
        <section className="space-y-1">
          <Heading tone="amber">{`What ${target} cannot hold`}</Heading>
          <Table
            caption={`Fields that ${target} cannot hold`}
            columns={lossColumns}
            rows={losses}
            rowKey={({ field, reason }) => `${field} ${reason}`}
            maxHeight={180}
          />
        </section>
      )}
      {leftOut > 0 && (
        <section className="space-y-1">
          <Heading
            tone={written === 0 ? 'ruby' : 'amber'}
          >{`${formatCount(leftOut, 'example')} left out`}</Heading>
          <Table
            caption="Examples that are left out"
            columns={skipColumns}
            rows={skipped}
            rowKey={({ reason }) => reason}
            maxHeight={180}
          />
        </section>
      )}
    </div>
  );
}
