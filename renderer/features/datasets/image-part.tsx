import { Globe, ImageOff } from 'lucide-react';
import { useMemo } from 'react';
import { referenceModel } from '../../../shared/features/datasets/analyse-example.ts';
import { readImageSize } from '../../../shared/tokens/image-size.ts';
import { countImage, type ImageDetail, imageRuleOf } from '../../../shared/tokens/image-tokens.ts';
import { formatNumber } from '../../ui/format.ts';
import { useExampleImage } from './datasets.queries.ts';

const details = ['low', 'high', 'auto'] as const satisfies readonly ImageDetail[];

/** Size of a picture and its tokens at every detail level, the chosen one in bold; the header alone tells them. */
function Cost({ dataUrl, detail }: { dataUrl: string; detail: string }) {
  const size = useMemo(() => readImageSize(dataUrl), [dataUrl]);
  if (!size) return null;
  const rule = imageRuleOf(referenceModel);
  return (
    <figcaption className="text-xs text-muted">
      {formatNumber(size.widthPx)} × {formatNumber(size.heightPx)} px, {size.format.toUpperCase()}. Tokens for{' '}
      {referenceModel}:{' '}
      {details.map((one, place) => (
        <span key={one}>
          {place > 0 && ', '}
          <span className={one === detail ? 'font-semibold text-ink' : undefined}>
            {one} {formatNumber(countImage(rule, size, one))}
            {one === detail && ' (chosen)'}
          </span>
        </span>
      ))}
      ; auto counts as high.
    </figcaption>
  );
}

/** A picture inside a message: shown only from a `data:` URL; one that lies elsewhere is named and never fetched. */
export function ImagePart(props: {
  exampleId: number;
  part: { readonly pointer: string; readonly url: string; readonly detail: string };
  number: number;
}) {
  const { pointer, url, detail } = props.part;
  const { data, isPending } = useExampleImage(props.exampleId, pointer);
  const isRemote = /^https?:/i.test(url);
  if (isRemote) {
    return (
      <p className="flex min-w-0 items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2 text-sm text-muted">
        <Globe aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0">
          A picture on another server, which Lapidary does not fetch:{' '}
          <span className="font-mono text-xs break-all">{url.slice(0, 200)}</span>
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
    <figure className="space-y-1">
      <img
        src={data.dataUrl}
        alt={`Attached to the message, number ${props.number}`}
        className="max-h-80 max-w-full rounded-md border border-line object-contain"
      />
      <Cost dataUrl={data.dataUrl} detail={detail} />
    </figure>
  );
}
