import { FileText } from 'lucide-react';
import type { Report } from '../../../shared/features/reports/reports.model.ts';
import { PracticeBadge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatBytes, formatMoment } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import type { Screen } from '../../ui/location.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { useReports } from './reports.queries.ts';

const columns: readonly TableColumn<Report>[] = [
  {
    id: 'title',
    header: 'Report',
    className: 'max-w-64',
    cell: (report) => (
      <span className="flex min-w-0 items-center gap-2">
        <Link href={`/reports/${report.reportId}`} className="truncate font-medium">
          {report.title}
        </Link>
        {report.isPractice && <PracticeBadge />}
      </span>
    ),
  },
  {
    id: 'at',
    header: 'Written',
    className: 'whitespace-nowrap',
    cell: (report) => formatMoment(report.createdAt),
  },
  { id: 'size', header: 'Size', align: 'end', cell: (report) => formatBytes(report.sizeBytes) },
  {
    id: 'path',
    header: 'File',
    cell: (report) => <span className="font-mono text-xs break-all text-muted">{report.path}</span>,
  },
];

function ReportsPage() {
  const query = useReports();
  return (
    <>
      <PageHead title="Reports" crumbs={[{ label: 'Evals', href: '/evals' }]} />
      <PageBody width="full">
        <Loaded query={query}>
          {(reports) =>
            reports.length === 0 ? (
              <EmptyState
                icon={<FileText aria-hidden />}
                title="No report has been written"
                action={<ButtonLink href="/evals">Go to Evals</ButtonLink>}
              >
                A report is one HTML file with the data, the bill, the curves and the result. Open an
                evaluation and choose “Write report”.
              </EmptyState>
            ) : (
              <Table
                caption="Reports, newest first"
                columns={columns}
                rows={reports}
                rowKey={(report) => report.reportId}
              />
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** Every report that was written. */
export const reportsScreen: Screen = { path: '/reports', title: 'Reports', component: ReportsPage };
