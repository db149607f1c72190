import { lexer, type MarkedToken, type Token } from 'marked';

/** A part of a line. Addresses are only ever shown: a link leads nowhere and a picture is not loaded. */
export type InlineNode =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly children: readonly InlineNode[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly InlineNode[] }
  | { readonly kind: 'image'; readonly href: string; readonly alt: string }
  | { readonly kind: 'break' };

/** A part of a text: what Markdown means by it, with nothing in it that could act. */
export type BlockNode =
  | { readonly kind: 'paragraph' | 'heading'; readonly children: readonly InlineNode[] }
  | { readonly kind: 'quote'; readonly children: readonly BlockNode[] }
  | {
      readonly kind: 'list';
      readonly start: number | null;
      readonly items: readonly {
        readonly isChecked: boolean | null;
        readonly children: readonly BlockNode[];
      }[];
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | {
      readonly kind: 'table';
      readonly header: readonly (readonly InlineNode[])[];
      readonly rows: readonly (readonly (readonly InlineNode[])[])[];
    }
  | { readonly kind: 'rule' };

/** Deeper nesting is shown as it is written: nobody means it, and it costs stack. */
const deepest = 12;

// Without extensions every token is one of Marked's own.
const own = (tokens: readonly Token[] | undefined): readonly MarkedToken[] =>
  (tokens ?? []) as readonly MarkedToken[];

function inlines(tokens: readonly Token[] | undefined, depth: number): InlineNode[] {
  return own(tokens).map((token) => inline(token, depth));
}

function inline(token: MarkedToken, depth: number): InlineNode {
  if (depth > deepest) return { kind: 'text', text: token.raw };
  switch (token.type) {
    case 'strong':
    case 'em':
    case 'del':
      return { kind: token.type, children: inlines(token.tokens, depth + 1) };
    case 'codespan':
      return { kind: 'code', text: token.text };
    case 'br':
      return { kind: 'break' };
    case 'link':
      return { kind: 'link', href: token.href, children: inlines(token.tokens, depth + 1) };
    case 'image':
      return { kind: 'image', href: token.href, alt: token.text };
    case 'escape':
      return { kind: 'text', text: token.text };
    case 'checkbox':
      return { kind: 'text', text: '' };
    case 'blockquote':
    case 'code':
    case 'def':
    case 'heading':
    case 'hr':
    case 'html':
    case 'list':
    case 'list_item':
    case 'paragraph':
    case 'space':
    case 'table':
    case 'text':
      // HTML among the rest: the text that stands there, and nothing else.
      return { kind: 'text', text: token.raw };
  }
}

function blocks(tokens: readonly Token[] | undefined, depth: number): BlockNode[] {
  return own(tokens).flatMap((token) => block(token, depth));
}

function block(token: MarkedToken, depth: number): BlockNode[] {
  const asText: BlockNode[] = [{ kind: 'paragraph', children: [{ kind: 'text', text: token.raw }] }];
  if (depth > deepest) return asText;
  switch (token.type) {
    case 'space':
    case 'checkbox':
      return [];
    case 'paragraph':
    case 'heading':
      return [{ kind: token.type, children: inlines(token.tokens, depth + 1) }];
    case 'text':
      return token.tokens ? [{ kind: 'paragraph', children: inlines(token.tokens, depth + 1) }] : asText;
    case 'blockquote':
      return [{ kind: 'quote', children: blocks(token.tokens, depth + 1) }];
    case 'code':
      return [{ kind: 'code', language: token.lang ?? '', text: token.text }];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'list':
      return [
        {
          kind: 'list',
          start: token.ordered ? Number(token.start || 1) : null,
          items: token.items.map((item) => ({
            isChecked: item.task ? item.checked === true : null,
            children: blocks(item.tokens, depth + 1),
          })),
        },
      ];
    case 'table':
      return [
        {
          kind: 'table',
          header: token.header.map((cell) => inlines(cell.tokens, depth + 1)),
          rows: token.rows.map((row) => row.map((cell) => inlines(cell.tokens, depth + 1))),
        },
      ];
    case 'br':
    case 'codespan':
    case 'def':
    case 'del':
    case 'em':
    case 'escape':
    case 'html':
    case 'image':
    case 'link':
    case 'list_item':
    case 'strong':
      return asText;
  }
}

/** A paragraph with more marks of emphasis than this is no prose, and reading it takes the square of their number. */
const mostMarks = 1000;

function isReadable(text: string): boolean {
  return text.split(/\n\s*\n/).every((part) => (part.match(/[*_]/g)?.length ?? 0) <= mostMarks);
}

/** Reads Markdown (GitHub's) into a tree of plain parts; HTML in it stays text. Null when it cannot be read. */
export function markdownTree(text: string): readonly BlockNode[] | null {
  if (!isReadable(text)) return null;
  try {
    return blocks(lexer(text, { gfm: true, breaks: true }), 0);
  } catch {
    // Text made to exhaust the reader is shown as it is written.
    return null;
  }
}
