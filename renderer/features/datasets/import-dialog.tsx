import { useMutation } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DropFrame, FileButton, WindowDrop } from '../../ui/drop-zone.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { formatBytes } from '../../ui/format.ts';
import { useGo } from '../../ui/location.ts';
import { Progress } from '../../ui/progress.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { uploadFile } from './upload.ts';

const endings = ['.jsonl', '.ndjson', '.json', '.txt'];

/** What to import and how the user gave it. */
type Source = { kind: 'file'; file: File } | { kind: 'path'; path: string } | { kind: 'dialog' };

type Attempt = { source: Source; again: boolean };

/** Brings the chosen file to the core and starts the import; null when the user closed the system's dialog. */
function useImport(onStarted: (datasetId: string) => void) {
  const [sent, setSent] = useState<{ name: string; done: number; total: number } | null>(null);
  const stop = useRef(new AbortController());
  const fileIdOf = async (source: Source): Promise<string | null> => {
    if (source.kind === 'path') return (await rpc.files.choosePath({ path: source.path })).file.fileId;
    if (source.kind === 'dialog') {
      const { file } = await rpc.files.chooseFile({
        title: 'Import training data',
        extensions: endings.map((ending) => ending.slice(1)),
      });
      return file?.fileId ?? null;
    }
    stop.current = new AbortController();
    const { name, size } = source.file;
    setSent({ name, done: 0, total: size });
    return uploadFile(source.file, {
      signal: stop.current.signal,
      onProgress: (done) => setSent({ name, done, total: size }),
    });
  };
  const start = useMutation({
    mutationFn: async ({ source, again }: Attempt) => {
      const fileId = await fileIdOf(source);
      return fileId === null ? null : rpc.datasets.importFile({ fileId, name: null, again });
    },
    onSuccess: (started) => started && onStarted(started.datasetId),
    onSettled: () => setSent(null),
  });
  return { start, sent, cancel: () => stop.current.abort() };
}

/** The same bytes are here already: open them, or take them once more. */
function AlreadyHere(props: { error: unknown; onOpen: (datasetId: string) => void; onAgain: () => void }) {
  const failure = describeFailure(props.error);
  const known = failure.subject?.id;
  return (
    <div className="space-y-3">
      <ErrorLine error={props.error} />
      <div className="flex flex-wrap gap-2">
        {known && (
          <Button variant="primary" onPress={() => props.onOpen(known)}>
            Open that data set
          </Button>
        )}
        <Button onPress={props.onAgain}>Import once more</Button>
      </div>
    </div>
  );
}

/** Takes a file by drop, file chooser, system dialog or path, and starts its import. */
export function ImportDialog(props: {
  isOpen: boolean;
  /** A file that was dropped on the page behind: it is taken at once. */
  dropped: File | null;
  onClose: () => void;
  onStarted: (datasetId: string) => void;
}) {
  const go = useGo();
  const [path, setPath] = useState('');
  const { start, sent, cancel } = useImport((datasetId) => {
    setPath('');
    props.onStarted(datasetId);
  });
  const [last, setLast] = useState<Source | null>(null);
  const take = (source: Source): void => {
    setLast(source);
    start.mutate({ source, again: false });
  };
  const { dropped } = props;
  const takeDropped = useRef(take);
  takeDropped.current = take;
  useEffect(() => {
    if (dropped) takeDropped.current({ kind: 'file', file: dropped });
  }, [dropped]);
  const takeFirst = (files: readonly File[]): void => {
    const [file] = files;
    if (file) take({ kind: 'file', file });
  };
  const close = (): void => {
    cancel();
    start.reset();
    props.onClose();
  };
  const isKnown = start.error !== null && describeFailure(start.error).code === 'ALREADY_IMPORTED';
  return (
    <Dialog title="Import training data" isOpen={props.isOpen} onClose={close} width="medium">
      <WindowDrop words="Drop the file to import it" onFiles={takeFirst} isDisabled={start.isPending} />
      <p className="mb-4 max-w-prose text-sm text-muted">
        One chat example per line (JSONL, UTF-8), as for OpenAI fine-tuning. The file is read on this machine,
        checked against the platform’s rules, and nothing of it leaves. Lines that cannot be read are kept
        aside, never dropped.
      </p>
      {sent ? (
        <Progress
          label={`Reading ${sent.name}`}
          done={sent.done}
          total={sent.total}
          detail={`${formatBytes(sent.done)} of ${formatBytes(sent.total)}`}
        />
      ) : (
        <DropFrame>
          <p className="text-sm text-muted">Drop a file here, or</p>
          <div className="flex flex-wrap justify-center gap-2">
            <FileButton accept={endings} onFiles={takeFirst} variant="primary">
              Choose a file
            </FileButton>
            <Button
              icon={<FolderOpen aria-hidden />}
              onPress={() => take({ kind: 'dialog' })}
              isPending={start.isPending && last?.kind === 'dialog'}
            >
              System dialog…
            </Button>
          </div>
        </DropFrame>
      )}
      <form
        className="mt-4 grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== '') take({ kind: 'path', path: path.trim() });
        }}
      >
        <TextField
          label="Or the path of a file"
          value={path}
          onChange={setPath}
          placeholder="~/data/tickets.jsonl"
          isMono
        />
        <Button
          type="submit"
          isDisabled={path.trim() === ''}
          isPending={start.isPending && last?.kind === 'path'}
        >
          Import
        </Button>
      </form>
      {start.error !== null && (
        <div className="mt-4">
          {isKnown ? (
            <AlreadyHere
              error={start.error}
              onOpen={(datasetId) => {
                close();
                go(`/datasets/${datasetId}`);
              }}
              onAgain={() => last && start.mutate({ source: last, again: true })}
            />
          ) : (
            <ErrorLine error={start.error} />
          )}
        </div>
      )}
    </Dialog>
  );
}
