import { ImageOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { type BlockNode, type InlineNode, markdownTree } from './markdown-tree.ts';
import { TextPieces, TextWithBadges } from './text-with-badges.tsx';

/** Longer texts are drawn up to here until asked for more, in UTF-16 units. */
const firstPart = 24_000;

const trees = new Map<string, readonly BlockNode[] | null>();
const keptTrees = 24;

/** The tree of a text, remembered for the last few texts. */
function treeOf(text: string): readonly BlockNode[] | null {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = markdownTree(text);
  trees.set(text, tree);
  for (const oldest of trees.keys()) {
    if (trees.size <= keptTrees) break;
    trees.delete(oldest);
  }
  return tree;
}

/** Reads texts that will be shown next, so that showing them is quick. */
export function readAhead(texts: readonly string[]): void {
  for (const text of texts) treeOf(text.slice(0, firstPart));
}

function Inline({ node }: { node: InlineNode }): ReactNode {
  switch (node.kind) {
    case 'text':
      return <TextPieces text={node.text} />;
    case 'code':
      return (
        <code className="rounded-sm bg-press px-1 font-mono text-[0.85em]">
          <TextPieces text={node.text} />
        </code>
      );
    case 'break':
      return <br />;
    case 'image':
      return (
        <span className="inline-flex max-w-full items-center gap-1 rounded-sm border border-line bg-sunken px-1.5 align-baseline text-xs text-muted">
          <ImageOff aria-hidden className="size-3 shrink-0" />
          <span className="truncate" title={node.href}>
            picture not loaded{node.alt && `: ${node.alt}`}
          </span>
        </span>
      );
    case 'link':
      return (
        <span title={node.href} className="underline decoration-dotted underline-offset-3">
          <Inlines nodes={node.children} />
        </span>
      );
    case 'strong':
      return (
        <strong className="font-semibold">
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Inlines nodes={node.children} />
        </del>
      );
  }
}

/** Entries with their place as their name: a tree never changes, only the whole text does. */
function placed<Entry>(list: readonly Entry[]): { place: string; entry: Entry }[] {
  return list.map((entry, place) => ({ place: `${place}`, entry }));
}

function Inlines({ nodes }: { nodes: readonly InlineNode[] }) {
  return placed(nodes).map(({ place, entry }) => <Inline key={place} node={entry} />);
}

function Cells(props: { cells: readonly (readonly InlineNode[])[]; as: 'th' | 'td' }) {
  const Cell = props.as;
  return placed(props.cells).map(({ place, entry: cell }) => (
    <Cell key={place} className="border border-line px-2 py-1 text-left font-normal">
      <Inlines nodes={cell} />
    </Cell>
  ));
}

function Block({ node }: { node: BlockNode }): ReactNode {
  switch (node.kind) {
    case 'paragraph':
      return (
        <p dir="auto" className="break-words [unicode-bidi:plaintext]">
          <Inlines nodes={node.children} />
        </p>
      );
    case 'heading':
      // No heading of this window: the outline of the page is not the answer's to write.
      return (
        <p dir="auto" className="pt-1 font-semibold break-words">
          <Inlines nodes={node.children} />
        </p>
      );
    case 'quote':
      return (
        <blockquote className="space-y-2 border-l-2 border-line-strong pl-3 text-muted">
          <Blocks nodes={node.children} />
        </blockquote>
      );
    case 'code':
      return (
        <pre className="overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap break-words">
          <code>
            <TextPieces text={node.text} />
          </code>
        </pre>
      );
    case 'rule':
      return <hr className="border-line" />;
    case 'list': {
      const List = node.start === null ? 'ul' : 'ol';
      return (
        <List
          {...(node.start !== null && node.start !== 1 ? { start: node.start } : {})}
          className={cx('space-y-1 pl-6', node.start === null ? 'list-disc' : 'list-decimal')}
        >
          {placed(node.items).map(({ place, entry: item }) => (
            <li key={place} dir="auto">
              {item.isChecked !== null && <span>{item.isChecked ? '☑ ' : '☐ '}</span>}
              <Blocks nodes={item.children} />
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return (
        <table className="max-w-full border-collapse text-sm">
          <thead className="bg-sunken">
            <tr>
              <Cells cells={node.header} as="th" />
            </tr>
          </thead>
          <tbody>
            {placed(node.rows).map(({ place, entry: row }) => (
              <tr key={place}>
                <Cells cells={row} as="td" />
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function Blocks({ nodes }: { nodes: readonly BlockNode[] }) {
  return placed(nodes).map(({ place, entry }) => <Block key={place} node={entry} />);
}

/**
 * Markdown from data as elements: no HTML, links lead nowhere and show their address as a title, pictures are not loaded,
 * hidden characters are badges, and only the first part of a very long text is drawn until asked for more.
 */
export function Markdown({ text, className }: { text: string; className?: string }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? text : text.slice(0, firstPart);
  const tree = treeOf(shown);
  if (!tree) return <TextWithBadges text={text} {...(className ? { className } : {})} />;
  return (
    <div className={cx('space-y-2.5 text-base break-words', className)}>
      <Blocks nodes={tree} />
      {shown.length < text.length && (
        <Button size="compact" onPress={() => setWhole(true)}>
          Show all {text.length.toLocaleString()} characters
        </Button>
      )}
    </div>
  );
}
