import { Upload } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Button, type ButtonVariant } from './button.tsx';
import { cx } from './class-names.ts';

/** Opens the file chooser; the choice arrives as browser files. */
export function FileButton(props: {
  children: ReactNode;
  onFiles: (files: File[]) => void;
  /** Endings such as `.jsonl`. */
  accept: readonly string[];
  allowsMany?: boolean | undefined;
  variant?: ButtonVariant | undefined;
  icon?: ReactNode;
}) {
  return (
    <FileTrigger
      acceptedFileTypes={props.accept}
      allowsMultiple={props.allowsMany ?? false}
      onSelect={(list) => list && list.length > 0 && props.onFiles([...list])}
    >
      <Button variant={props.variant} icon={props.icon ?? <Upload aria-hidden />}>
        {props.children}
      </Button>
    </FileTrigger>
  );
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Makes the whole window a place to drop files (or to paste them) while it is mounted. It is never the only way:
 * a {@link FileButton} stands on the same screen.
 */
export function WindowDrop(props: { words: string; onFiles: (files: File[]) => void; isDisabled?: boolean }) {
  const [isOver, setOver] = useState(false);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event) || latest.current.isDisabled) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const over = (event: DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0 && !latest.current.isDisabled) latest.current.onFiles(files);
    };
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0 && !latest.current.isDisabled) latest.current.onFiles(files);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);

  return (
    <div
      aria-hidden
      className={cx(
        'pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-md border-2 border-dashed',
        'border-accent bg-accent-soft/90 text-lg font-semibold text-accent-ink transition-opacity',
        isOver ? 'opacity-100' : 'opacity-0',
      )}
    >
      {props.words}
    </div>
  );
}

/** A visible frame to drop onto, with the buttons that do the same inside. */
export function DropFrame(props: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cx(
        'flex flex-col items-center gap-3 rounded-md border border-dashed border-control bg-sunken px-6 py-8 text-center',
        props.className,
      )}
    >
      {props.children}
    </div>
  );
}
