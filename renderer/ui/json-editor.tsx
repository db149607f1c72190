import type { EditorView } from '@codemirror/view';
import { useEffect, useId, useRef } from 'react';
import { cx } from './class-names.ts';

/**
 * A field for JSON: colours, folding, line numbers, the place of a mistake, hidden characters shown. Ctrl/Cmd+Enter
 * submits, Tab leaves. It fills its parent's height unless `height` is given, in pixels.
 */
export function JsonEditor(props: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  onSubmit?: (() => void) | undefined;
  isReadOnly?: boolean | undefined;
  height?: number | undefined;
  className?: string | undefined;
}) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const descriptionId = useId();
  const isReadOnly = props.isReadOnly ?? false;

  useEffect(() => {
    let isMounted = true;
    const start = async (): Promise<void> => {
      const { startJsonEditor } = await import('./json-editor-engine.ts');
      if (!isMounted || !box.current) return;
      view.current = startJsonEditor({
        parent: box.current,
        text: latest.current.value,
        label: latest.current.label,
        descriptionId,
        isReadOnly,
        onChange: (text) => latest.current.onChange(text),
        onSubmit: () => latest.current.onSubmit?.(),
      });
    };
    void start();
    return () => {
      isMounted = false;
      view.current?.destroy();
      view.current = null;
    };
  }, [descriptionId, isReadOnly]);

  const { value } = props;
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return (
    <div className={cx('flex min-h-0 flex-col', props.className)}>
      <div
        ref={box}
        className={cx(
          'min-h-40 flex-1 overflow-hidden rounded-md border border-control bg-surface',
          'focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus',
        )}
        {...(props.height ? { style: { height: props.height } } : {})}
      />
      <p id={descriptionId} className="sr-only">
        JSON. Tab leaves the field.
      </p>
    </div>
  );
}
