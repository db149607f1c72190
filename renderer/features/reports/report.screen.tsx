import { Check, Copy, Download, ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { Report } from '../../../shared/features/reports/reports.model.ts';
import { PracticeBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { formatBytes, formatDay, formatMoment } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { type Screen, useParam } from '../../ui/location.ts';
import { PageHead, Section } from '../../ui/page-head.tsx';
import { PageBody } from '../../ui/scroll-area.tsx';
import { Facts } from '../../ui/stat.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { useOpenReport, useReports, useSaveCopy } from './reports.queries.ts';

const contents = [
  'The verdict with its interval, every grader, confusion matrices',
  'Items before and after, the first few of each outcome',
  'Training: settings as asked and as used, seed, hashes, curves with their tables',
  'Data: source, SHA-256, counts, findings, splits',
  'The bill line by line, with where its price was read and when',
  'How it was measured, and what it does not show',
];

function CopyPath({ path }: { path: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(path);
    setCopied(true);
  };
  return (
    <Button
      size="compact"
      icon={isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      onPress={() => void copy()}
    >
      {isCopied ? 'Copied' : 'Copy path'}
    </Button>
  );
}

function Written({ report }: { report: Report }) {
  return (
    <div className="space-y-8">
      <Section
        title="Where it is"
        description={`Written on ${formatDay(report.createdAt)} into this workspace. One file: it loads nothing and sends nothing.`}
        actions={<CopyPath path={report.path} />}
      >
        <p className="rounded-md border border-line bg-sunken px-4 py-3 font-mono text-xs break-all select-all">
          {report.path}
        </p>
      </Section>
      <Section title="What is in it">
        <ul className="divide-y divide-line border-y border-line text-sm">
          {contents.map((line) => (
            <li key={line} className="py-2">
              {line}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="How to know it again">
        <Facts
          facts={[
            {
              name: 'SHA-256',
              value: <span className="font-mono text-xs break-all">{report.sha256}</span>,
            },
            { name: 'Size', value: formatBytes(report.sizeBytes) },
            ...(report.evalId
              ? [
                  {
                    name: 'Evaluation',
                    value: <Link href={`/evals/${report.evalId}`}>{report.title}</Link>,
                  },
                ]
              : []),
          ]}
        />
      </Section>
    </div>
  );
}

function ReportPage() {
  const reportId = useParam('reportId');
  const reports = useReports();
  const open = useOpenReport();
  const save = useSaveCopy();
  const report = reports.data?.find((one) => one.reportId === reportId);
  const [isAsking, setAsking] = useState(false);
  const [copiedTo, setCopiedTo] = useState<string | null>(null);
  const hasNoDialog = save.error !== null && describeFailure(save.error).code === 'DIALOG_UNAVAILABLE';
  const error = open.error ?? (hasNoDialog ? null : save.error);
  const saveCopy = (): void =>
    save.mutate(
      { reportId, path: null },
      {
        onSuccess: ({ path }) => path !== null && setCopiedTo(path),
        onError: (failure) => setAsking(describeFailure(failure).code === 'DIALOG_UNAVAILABLE'),
      },
    );
  return (
    <>
      <PageHead
        title={report ? `Report on ${report.title}` : 'Report'}
        crumbs={[
          { label: 'Evals', href: '/evals' },
          { label: 'Reports', href: '/reports' },
        ]}
        marks={report?.isPractice && <PracticeBadge />}
        facts={report && formatMoment(report.createdAt)}
        actions={
          report && (
            <>
              <Button icon={<Download aria-hidden />} isPending={save.isPending} onPress={saveCopy}>
                Save a copy
              </Button>
              <Button
                variant="primary"
                icon={<ExternalLink aria-hidden />}
                isPending={open.isPending}
                onPress={() => open.mutate(reportId)}
              >
                Open in browser
              </Button>
            </>
          )
        }
      />
      <PageBody width="prose">
        {error && <ErrorLine error={error} className="mb-4" />}
        {copiedTo && (
          <p role="status" className="mb-4 text-sm text-muted">
            A copy was saved to <span className="font-mono text-xs break-all">{copiedTo}</span>
          </p>
        )}
        {report && (
          <CopyDialog
            reportId={reportId}
            name={report.path.split(/[/\\]/).at(-1) ?? 'report.html'}
            isOpen={isAsking}
            onClose={() => setAsking(false)}
            onSaved={(path) => {
              setAsking(false);
              setCopiedTo(path);
            }}
          />
        )}
        <Loaded query={reports}>
          {() =>
            report ? (
              <Written report={report} />
            ) : (
              <EmptyState
                title="This report is not here"
                action={<ButtonLink href="/reports">All reports</ButtonLink>}
              >
                It may belong to another workspace.
              </EmptyState>
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

/** One report: where it lies, what is in it, how to open and copy it. */
export const reportScreen: Screen = { path: '/reports/$reportId', title: 'Report', component: ReportPage };
