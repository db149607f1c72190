import type { ChatMessage } from '../../../shared/features/datasets/datasets.model.ts';

/** A part of a message as it is drawn. */
export type ContentPiece =
  | { readonly kind: 'text' | 'refusal'; readonly text: string }
  | { readonly kind: 'image'; readonly detail: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: string };

/** Arguments as indented JSON when they are JSON, else as they stand. */
function indented(args: string): string {
  try {
    return JSON.stringify(JSON.parse(args), null, 2);
  } catch {
    return args;
  }
}

/** What a message says, in order: its texts and pictures, a refusal, the tools it calls. */
export function contentPieces(message: ChatMessage): ContentPiece[] {
  const { content, refusal, tool_calls: calls, function_call: call } = message;
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : (content ?? []);
  const said: ContentPiece[] = parts
    .map(
      (part): ContentPiece =>
        part.type === 'text'
          ? { kind: 'text', text: part.text }
          : { kind: 'image', detail: part.image_url.detail ?? 'auto' },
    )
    .filter((piece) => piece.kind !== 'text' || piece.text !== '');
  if (refusal) said.push({ kind: 'refusal', text: refusal });
  for (const { name, arguments: args } of [
    ...(calls ?? []).map((one) => one.function),
    ...(call ? [call] : []),
  ]) {
    said.push({ kind: 'call', name, args: indented(args) });
  }
  return said;
}

/** A message as one text, to be compared or edited. */
export function contentText(message: ChatMessage): string {
  return contentPieces(message)
    .map((piece) => {
      if (piece.kind === 'call') return `${piece.name}(${piece.args})`;
      return piece.kind === 'image' ? '[picture]' : piece.text;
    })
    .join('\n\n');
}

/** True for an answer that is one text and nothing else, which can be edited in place. */
export function isPlainAnswer(message: ChatMessage): boolean {
  const pieces = contentPieces(message);
  return pieces.length === 1 && pieces[0]?.kind === 'text';
}
