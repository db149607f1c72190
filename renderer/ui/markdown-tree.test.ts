import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BlockNode, type InlineNode, markdownTree } from './markdown-tree.ts';

const inlineText = (node: InlineNode): string => {
  if ('children' in node) return node.children.map(inlineText).join('');
  if (node.kind === 'image') return node.alt;
  return node.kind === 'break' ? '\n' : node.text;
};

function blockText(node: BlockNode): string {
  switch (node.kind) {
    case 'paragraph':
    case 'heading':
      return node.children.map(inlineText).join('');
    case 'quote':
      return node.children.map(blockText).join('');
    case 'code':
      return node.text;
    case 'list':
      return node.items.flatMap(({ children }) => children.map(blockText)).join('\n');
    case 'table':
      return [node.header, ...node.rows].flat(2).map(inlineText).join('');
    case 'rule':
      return '';
  }
}

const textOf = (source: string): string => (markdownTree(source) ?? []).map(blockText).join('\n');

test('HTML is the text that stands there', () => {
  expect(textOf('a <b onclick="x()">b</b>')).toBe('a <b onclick="x()">b</b>');
  expect(textOf('<script>alert(1)</script>')).toContain('<script>alert(1)</script>');
  expect(textOf('<!-- hidden words -->')).toContain('hidden words');
});

test('links and pictures are told apart from text and keep their address to be shown', () => {
  expect(markdownTree('[x](javascript:alert(1)) ![y](http://a/b.png)')).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'link', href: 'javascript:alert(1)', children: [{ kind: 'text', text: 'x' }] },
        { kind: 'text', text: ' ' },
        { kind: 'image', href: 'http://a/b.png', alt: 'y' },
      ],
    },
  ]);
});

test('lists, tasks, tables, code and quotes', () => {
  expect(markdownTree('3. a\n4. b')).toMatchObject([{ kind: 'list', start: 3 }]);
  expect(markdownTree('- [x] done')).toMatchObject([{ kind: 'list', items: [{ isChecked: true }] }]);
  expect(markdownTree('```js\nlet a;\n```')).toEqual([{ kind: 'code', language: 'js', text: 'let a;' }]);
  expect(markdownTree('|a|b|\n|-|-|\n|1|2|')).toMatchObject([{ kind: 'table' }]);
  expect(markdownTree('> so **it** is')).toMatchObject([{ kind: 'quote' }]);
});

test('no words are lost, whatever is written', () => {
  const piece = fc.constantFrom(
    'word1',
    'word2',
    '*',
    '**',
    '`',
    '<',
    '>',
    '[',
    '](',
    ')',
    '!',
    '#',
    '\n',
    ' ',
    '|',
    '- ',
    '~~',
    '&amp;',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const source = pieces.join('');
      const words = source.match(/word\d/g) ?? [];
      const kept = JSON.stringify(markdownTree(source)).match(/word\d/g) ?? [];
      expect(kept.length).toBeGreaterThanOrEqual(new Set(words).size === 0 ? 0 : 1);
      for (const word of new Set(words)) expect(kept).toContain(word);
    }),
  );
});

test('nesting without end is shown as it is written', () => {
  const tree = markdownTree(`${'> '.repeat(3000)}deep`);
  expect(tree === null || JSON.stringify(tree).includes('deep')).toBe(true);
});

test('a text of nothing but marks is not read as Markdown', () => {
  expect(markdownTree('*a_'.repeat(8000))).toBeNull();
  expect(markdownTree('**bold** words\n\n'.repeat(600))).toHaveLength(600);
});
