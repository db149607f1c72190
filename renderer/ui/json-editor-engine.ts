import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, linter, lintKeymap } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': {
    height: '100%',
    fontSize: 'var(--text-xs)',
    color: 'var(--color-ink)',
    backgroundColor: 'transparent',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.25rem' },
  '.cm-content': { caretColor: 'var(--color-ink)', padding: '8px 0' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--color-muted)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--color-hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--color-ink)' },
  '.cm-matchingBracket': { outline: '1px solid var(--color-accent-line)', backgroundColor: 'transparent' },
  '.cm-specialChar': { color: 'var(--color-amber)', backgroundColor: 'var(--color-amber-soft)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--color-sunken)',
    border: '1px solid var(--color-line-strong)',
    color: 'var(--color-muted)',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--color-raised)',
    border: '1px solid var(--color-line-strong)',
    borderRadius: '6px',
    fontFamily: 'var(--font-sans)',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--color-ruby)' },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--color-accent-ink)' },
  { tag: tags.string, color: 'var(--color-emerald)' },
  { tag: tags.number, color: 'var(--color-amber)' },
  { tag: [tags.bool, tags.null], color: 'var(--color-quartz)' },
  { tag: [tags.punctuation, tags.separator], color: 'var(--color-muted)' },
]);

/** Characters one cannot see, beyond those the editor shows by itself. */
const unseen = /[\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\u3164\uFEFF\uFFF9-\uFFFC]/g;

export type JsonEditorParts = {
  parent: HTMLElement;
  text: string;
  label: string;
  descriptionId: string;
  isReadOnly: boolean;
  onChange: (text: string) => void;
  onSubmit: () => void;
};

/** Starts an editor for JSON; Tab leaves it, as everywhere else. A module of its own, loaded when one edits. */
export function startJsonEditor(parts: JsonEditorParts): EditorView {
  const submit = (): boolean => {
    parts.onSubmit();
    return true;
  };
  return new EditorView({
    parent: parts.parent,
    state: EditorState.create({
      doc: parts.text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        foldGutter(),
        codeFolding(),
        history(),
        highlightActiveLine(),
        highlightSpecialChars({ addSpecialChars: unseen }),
        bracketMatching(),
        json(),
        linter(jsonParseLinter(), { delay: 250 }),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorState.readOnly.of(parts.isReadOnly),
        EditorView.contentAttributes.of({
          'aria-label': parts.label,
          'aria-describedby': parts.descriptionId,
          tabindex: '0',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) parts.onChange(update.state.doc.toString());
        }),
        keymap.of([
          { key: 'Mod-Enter', run: submit },
          ...defaultKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...lintKeymap,
        ]),
      ],
    }),
  });
}
