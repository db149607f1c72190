import { Ban, Image, Wrench } from 'lucide-react';
import type { ChatMessage } from '../../../shared/features/datasets/datasets.model.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import { type ContentPiece, contentPieces } from './answer-content.ts';

function Piece({ piece, isRaw }: { piece: ContentPiece; isRaw: boolean }) {
  if (piece.kind === 'image') {
    return (
      <p className="flex items-center gap-2 text-sm text-muted">
        <Image aria-hidden className="size-4" /> picture not loaded ({piece.detail} detail)
      </p>
    );
  }
  if (piece.kind === 'call') {
    return (
      <div className="rounded-md border border-line bg-sunken px-3 py-2">
        <p className="mb-1 flex items-center gap-2 text-sm">
          <Wrench aria-hidden className="size-3.5 text-muted" />
          <span className="text-muted">calls</span>
          <span className="font-mono text-xs font-semibold break-all">{piece.name || 'no name'}</span>
        </p>
        <TextWithBadges text={piece.args} isMono limit={6000} />
      </div>
    );
  }
  const body = isRaw ? (
    <TextWithBadges text={piece.text} isMono limit={24_000} />
  ) : (
    <Markdown text={piece.text} />
  );
  if (piece.kind === 'text') return body;
  return (
    <div className="border-l-2 border-amber-line pl-3">
      <p className="mb-1 flex items-center gap-1.5 text-xs text-amber">
        <Ban aria-hidden className="size-3.5" /> refusal
      </p>
      {body}
    </div>
  );
}

/** What a message says: Markdown drawn as elements, or raw; pictures are not loaded, links lead nowhere. */
export function MessageContent({ message, isRaw }: { message: ChatMessage; isRaw: boolean }) {
  const pieces = contentPieces(message).map((piece, place) => ({ ...piece, key: `${place}` }));
  if (pieces.length === 0) return <p className="text-sm text-muted italic">no content</p>;
  return (
    <div className="space-y-3">
      {pieces.map((piece) => (
        <Piece key={piece.key} piece={piece} isRaw={isRaw} />
      ))}
    </div>
  );
}
