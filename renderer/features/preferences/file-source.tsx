import { useMutation } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { FileButton, WindowDrop } from '../../ui/drop-zone.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes } from '../../ui/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { sendFile } from '../../send-file.ts';

const endings = ['.jsonl', '.ndjson'];

/** Chooses a file of pairs or candidates: by chooser, drop or path. */
export function FileSource({ onFile }: { onFile: (fileId: string) => void }) {
  const [path, setPath] = useState('');
  const take = useMutation({
    mutationFn: async (from: { path: string } | { file: File }) => {
      if ('path' in from) return (await rpc.files.choosePath({ path: from.path })).file;
      const fileId = await sendFile(from.file);
      return { fileId, name: from.file.name, sizeBytes: from.file.size };
    },
    onSuccess: ({ fileId }) => onFile(fileId),
  });
  const takeFiles = ([file]: readonly File[]): void => {
    if (file) take.mutate({ file });
  };
  return (
    <div className="space-y-3">
      <WindowDrop words="Drop the file of pairs" onFiles={takeFiles} isDisabled={take.isPending} />
      <FileButton accept={endings} onFiles={takeFiles}>
        Choose a file
      </FileButton>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== '') take.mutate({ path: path.trim() });
        }}
      >
        <TextField
          label="Or its path"
          value={path}
          onChange={setPath}
          placeholder="~/data/pairs.jsonl"
          isMono
          className="flex-1"
        />
        <Button type="submit" isDisabled={path.trim() === ''} isPending={take.isPending}>
          Look inside
        </Button>
      </form>
      {take.data && (
        <p className="flex items-center gap-2 text-sm">
          <FileText aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="truncate font-medium">{take.data.name}</span>
          <span className="text-muted">{formatBytes(take.data.sizeBytes)}</span>
        </p>
      )}
      {take.error && <ErrorLine error={take.error} />}
    </div>
  );
}
