import { FileLock2, FileInput, MailOpen } from 'lucide-react';
import { useState } from 'react';
import type { ReviewFile } from '../../../shared/features/preferences/ballots.model.ts';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatBytes, formatMoment } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { MergeBallotsDialog } from './merge-ballots-dialog.tsx';
import { ReviewFileDialog } from './review-file-dialog.tsx';
import { useReviewFiles } from './review-files.queries.ts';

function Returned({ file }: { file: ReviewFile }) {
  if (file.returned.length === 0) return <span className="text-muted">Nothing yet</span>;
  return (
    <ul>
      {file.returned.map(({ reviewer, verdicts, mergedAt }) => (
        <li key={reviewer} className="break-words">
          {reviewer}: {verdicts.toLocaleString()} of {file.pairs.toLocaleString()}, merged{' '}
          {formatMoment(mergedAt)}
        </li>
      ))}
    </ul>
  );
}

const columns: readonly TableColumn<ReviewFile>[] = [
  {
    id: 'file',
    header: 'Review file',
    className: 'max-w-72',
    cell: (file) => (
      <>
        <span className="block truncate font-medium">{file.title}</span>
        <span className="block font-mono text-xs break-all text-muted">{file.fileName}</span>
      </>
    ),
  },
  { id: 'for', header: 'For', cell: ({ reviewer }) => reviewer ?? 'whoever opens it' },
  { id: 'pairs', header: 'Pairs', align: 'end', cell: ({ pairs }) => pairs.toLocaleString() },
  { id: 'size', header: 'Size', align: 'end', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
  {
    id: 'made',
    header: 'Made',
    className: 'whitespace-nowrap',
    cell: ({ createdAt }) => formatMoment(createdAt),
  },
  { id: 'returned', header: 'Came back', cell: (file) => <Returned file={file} /> },
];

/** Review outside the app: encrypted pages that go out, and the ballots that come back. */
export function ReviewFilesTab({ set }: { set: PreferenceSet }) {
  const query = useReviewFiles(set.setId);
  const [asked, setAsked] = useState<'make' | 'merge' | null>(null);
  const isClosed = set.closedAt !== null;
  const close = (): void => setAsked(null);
  const make = (
    <Button
      variant="primary"
      icon={<FileLock2 aria-hidden />}
      isDisabled={isClosed}
      onPress={() => setAsked('make')}
    >
      Make a review file…
    </Button>
  );
  return (
    <ScrollArea label="Review files" className="space-y-4 px-6 py-4">
      <Loaded query={query}>
        {(files) =>
          files.length === 0 ? (
            <EmptyState icon={<MailOpen aria-hidden />} title="Nothing was given out" action={make}>
              A colleague without Lapidary can judge in any browser: give them one encrypted file, and merge
              the small signed ballot that comes back.
            </EmptyState>
          ) : (
            <>
              <div className="flex flex-wrap items-center gap-2">
                {make}
                <Button
                  icon={<FileInput aria-hidden />}
                  isDisabled={isClosed}
                  onPress={() => setAsked('merge')}
                >
                  Merge ballots…
                </Button>
                {isClosed && (
                  <span className="text-sm text-muted">The queue is closed; open it to go on.</span>
                )}
              </div>
              <Table
                caption="Review files, newest first"
                columns={columns}
                rows={files}
                rowKey={({ reviewFileId }) => reviewFileId}
              />
            </>
          )
        }
      </Loaded>
      {asked === 'make' && <ReviewFileDialog set={set} onClose={close} />}
      {asked === 'merge' && <MergeBallotsDialog setId={set.setId} onClose={close} />}
    </ScrollArea>
  );
}
