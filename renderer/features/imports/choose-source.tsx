import { useMutation } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { DropFrame, FileButton, WindowDrop } from '../../ui/drop-zone.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes } from '../../ui/format.ts';
import { takeHandedFiles } from '../../ui/handed-files.ts';
import { Progress } from '../../ui/progress.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { sendFile } from '../../send-file.ts';

const endings = [
  '.jsonl',
  '.ndjson',
  '.json',
  '.csv',
  '.tsv',
  '.parquet',
  '.xlsx',
  '.gz',
  '.zip',
  '.pdf',
  '.txt',
];

type Source = { kind: 'files'; files: readonly File[] } | { kind: 'path'; path: string } | { kind: 'dialog' };

/** Brings what was chosen to the core, piece by piece where the window holds it. */
function useTake(onTaken: (fileIds: string[]) => void) {
  const [sent, setSent] = useState<{ name: string; done: number; total: number } | null>(null);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const idsOf = async (source: Source): Promise<string[]> => {
    if (source.kind === 'path')
      return [(await rpc.files.choosePath({ path: source.path, mayBeFolder: true })).file.fileId];
    if (source.kind === 'dialog') {
      const extensions = endings.map((ending) => ending.slice(1));
      const { file } = await rpc.files.chooseFile({ title: 'Import data', extensions });
      return file ? [file.fileId] : [];
    }
    const ids: string[] = [];
    for (const file of source.files) {
      const { name, size: total } = file;
      setSent({ name, done: 0, total });
      const onProgress = (done: number): void => setSent({ name, done, total });
      ids.push(await sendFile(file, { signal: stop.current.signal, onProgress }));
    }
    return ids;
  };
  const take = useMutation({
    mutationFn: idsOf,
    onSuccess: (ids) => ids.length > 0 && onTaken(ids),
    onSettled: () => setSent(null),
  });
  return { take, sent };
}

/** The first step of an import: files by drop, chooser, dialog or path, or a text from the clipboard. */
export function ChooseSource({ onTaken }: { onTaken: (fileIds: string[]) => void }) {
  const [path, setPath] = useState('');
  const [text, setText] = useState('');
  const { take, sent } = useTake(onTaken);
  const { mutate } = take;
  const takeFiles = (files: readonly File[]): void => mutate({ kind: 'files', files });
  useEffect(() => {
    const files = takeHandedFiles();
    if (files.length > 0) mutate({ kind: 'files', files });
  }, [mutate]);
  return (
    <div className="mx-auto max-w-3xl space-y-6">
      <WindowDrop words="Drop to look inside" onFiles={takeFiles} isDisabled={take.isPending} />
      {sent ? (
        <Progress
          label={`Reading ${sent.name}`}
          done={sent.done}
          total={sent.total}
          detail={`${formatBytes(sent.done)} of ${formatBytes(sent.total)}`}
        />
      ) : (
        <DropFrame className="py-12">
          <p className="text-lg font-semibold">Drop files here</p>
          <p className="max-w-prose text-sm text-muted">
            JSONL, JSON, CSV, Excel, Parquet, PDF or text; also packed as .gz or .zip, or a zip of pictures
            with a table. They are read on this machine, and nothing is written before you have seen the
            result.
          </p>
          <div className="flex flex-wrap justify-center gap-2 pt-1">
            <FileButton accept={endings} onFiles={takeFiles} variant="primary" allowsMany>
              Choose files
            </FileButton>
            <Button icon={<FolderOpen aria-hidden />} onPress={() => mutate({ kind: 'dialog' })}>
              System dialog…
            </Button>
          </div>
        </DropFrame>
      )}
      {take.error !== null && <ErrorLine error={take.error} />}
      <div className="grid gap-6 lg:grid-cols-2">
        <form
          className="space-y-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim() !== '') mutate({ kind: 'path', path: path.trim() });
          }}
        >
          <TextField
            label="Path of a file or folder"
            value={path}
            onChange={setPath}
            placeholder="~/data/support-mails.csv"
            description="Large files are read where they lie."
            isMono
            autoFocus
          />
          <Button type="submit" isDisabled={path.trim() === ''} isPending={take.isPending}>
            Look inside
          </Button>
        </form>
        <form
          className="space-y-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') takeFiles([new File([text], 'pasted text.txt')]);
          }}
        >
          <TextField
            label="Or paste rows"
            value={text}
            onChange={setText}
            placeholder={'question\tanswer\nWhere is my parcel?\tIn the depot'}
            lines={4}
            isMono
          />
          <Button type="submit" isDisabled={text.trim() === ''} isPending={take.isPending}>
            Look at the text
          </Button>
        </form>
      </div>
    </div>
  );
}
