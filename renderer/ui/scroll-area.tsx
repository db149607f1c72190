import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import { cx } from './class-names.ts';

/** A box that scrolls; when it has more than it shows, the keyboard can reach and scroll it. */
export function ScrollArea(props: {
  label: string;
  children: ReactNode;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [isScrollable, setScrollable] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void =>
      setScrollable(
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1,
      );
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    measure();
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={box}
      {...(isScrollable ? { tabIndex: 0, role: 'region', 'aria-label': props.label } : {})}
      // Relative, so that what is hidden only from sight (inputs, captions) scrolls in here and not the page around it.
      className={cx('relative overflow-auto rounded-sm focus-inside', props.className)}
      {...(props.style ? { style: props.style } : {})}
    >
      {props.children}
    </div>
  );
}

const widths = { prose: 'max-w-3xl', normal: 'max-w-6xl', full: '' };

/** What stands under the head of a page and scrolls; `normal` keeps wide windows readable. */
export function PageBody(props: {
  children: ReactNode;
  width?: keyof typeof widths | undefined;
  className?: string | undefined;
}) {
  return (
    <ScrollArea label="Page" className="min-h-0 flex-1 rounded-none">
      <div className={cx('w-full px-6 py-6', widths[props.width ?? 'normal'], props.className)}>
        {props.children}
      </div>
    </ScrollArea>
  );
}
