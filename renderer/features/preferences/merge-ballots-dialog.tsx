import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { maxBallots } from '../../../shared/features/preferences/ballots.rules.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileButton, WindowDrop } from '../../ui/drop-zone.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { type MergedFile, useMergeBallots } from './review-files.queries.ts';

/** Takes ballot files, merges them, and says of each what became of it. */
export function MergeBallotsDialog({ setId, onClose }: { setId: string; onClose: () => void }) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [passphrase, setPassphrase] = useState('');
  const [allowsSecondKey, setAllowed] = useState(false);
  const merge = useMergeBallots(setId);
  const results = merge.data;
  const otherKey = results?.filter(({ refused }) => refused === 'second_key') ?? [];
  // Once it is known what became of each, only what may be allowed can be merged again.
  const waiting = results ? otherKey.map(({ file }) => file) : files;
  const take = (taken: readonly File[]): void => {
    merge.reset();
    setFiles(taken.slice(0, maxBallots));
  };
  const isAllowed = results === undefined || allowsSecondKey;
  const isReady = waiting.length > 0 && isAllowed && passphrase.trim() !== '' && !merge.isPending;
  return (
    <Dialog
      title="Merge ballots"
      isOpen
      onClose={onClose}
      width="medium"
      actions={
        <>
          <Button onPress={onClose}>{results ? 'Close' : 'Cancel'}</Button>
          {waiting.length > 0 || !results ? (
            <Button
              variant="primary"
              isDisabled={!isReady}
              onPress={() => merge.mutate({ files: waiting, passphrase, allowsSecondKey })}
            >
              {merge.isPending ? 'Merging…' : `Merge ${formatCount(waiting.length, 'ballot')}`}
            </Button>
          ) : null}
        </>
      }
    >
      <WindowDrop words="Drop the ballots" onFiles={take} isDisabled={merge.isPending} />
      <div className="space-y-4">
        <p className="text-sm text-muted">
          Each ballot is checked first: its signature, its review file, its number. One that does not fit
          changes nothing; one merged before counts once.
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <FileButton accept={['.json']} onFiles={take} allowsMany>
            Choose ballots
          </FileButton>
          <span className="min-w-0 truncate text-sm text-muted">
            {files.length === 0
              ? 'None chosen, or drop them here.'
              : files.map(({ name }) => name).join(', ')}
          </span>
        </div>
        <TextField
          label="Passphrase of the review file"
          value={passphrase}
          onChange={setPassphrase}
          type="password"
        />
        {otherKey.length > 0 && (
          <Checkbox
            isSelected={allowsSecondKey}
            onChange={setAllowed}
            description="Only when the reviewer says that both are theirs."
          >
            Take ballots that a known reviewer signed with another key
          </Checkbox>
        )}
        {merge.error && <ErrorLine error={merge.error} />}
        {results && <Results results={results} />}
      </div>
    </Dialog>
  );
}

function Results({ results }: { results: readonly MergedFile[] }) {
  const merged = results.filter(({ refused }) => refused === null).length;
  return (
    <section aria-label="What became of each" className="space-y-2">
      <p role="status" className="text-sm font-medium">
        {merged} of {formatCount(results.length, 'ballot')} merged.
      </p>
      <ul className="divide-y divide-line rounded-md border border-line">
        {results.map((result) => (
          <li key={result.fileId} className="flex gap-2.5 px-3 py-2 text-sm">
            {result.refused === null ? (
              <CircleCheck role="img" aria-label="Merged" className="mt-0.5 size-4 shrink-0 text-emerald" />
            ) : (
              <CircleX role="img" aria-label="Refused" className="mt-0.5 size-4 shrink-0 text-ruby" />
            )}
            <div className="min-w-0">
              <p className="font-medium break-words">
                {result.name}
                {result.reviewer !== null && (
                  <span className="font-normal text-muted"> from {result.reviewer}</span>
                )}
              </p>
              <p>{result.what}</p>
              {result.todo !== '' && <p className="text-muted">{result.todo}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
