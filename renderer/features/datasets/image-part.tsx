import { Globe, ImageOff } from 'lucide-react';
import { useExampleImage } from './datasets.queries.ts';

/** A picture inside a message: shown only from a `data:` URL; one that lies elsewhere is named and never fetched. */
export function ImagePart(props: { exampleId: number; pointer: string; url: string; number: number }) {
  const { data, isPending } = useExampleImage(props.exampleId, props.pointer);
  const isRemote = /^https?:/i.test(props.url);
  if (isRemote) {
    return (
      <p className="flex min-w-0 items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2 text-sm text-muted">
        <Globe aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0">
          A picture on another server, which Lapidary does not fetch:{' '}
          <span className="font-mono text-xs break-all">{props.url.slice(0, 200)}</span>
        </span>
      </p>
    );
  }
  if (isPending) return <div className="h-32 w-48 rounded-md bg-press" />;
  if (!data?.dataUrl) {
    return (
      <p className="flex items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2 text-sm text-muted">
        <ImageOff aria-hidden className="size-4 shrink-0" /> This picture cannot be shown.
      </p>
    );
  }
  return (
    <img
      src={data.dataUrl}
      alt={`Attached to the message, number ${props.number}`}
      className="max-h-80 max-w-full rounded-md border border-line object-contain"
    />
  );
}
