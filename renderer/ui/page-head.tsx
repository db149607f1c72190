import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode, useEffect } from 'react';
import { Heading } from 'react-aria-components';
import { Link } from './link.tsx';

export type Crumb = { label: string; href: string };

/** The head of a page: where one is, its name, its marks, one primary action and quiet ones before it. */
export function PageHead(props: {
  title: string;
  crumbs?: readonly Crumb[] | undefined;
  /** Badges beside the name. */
  marks?: ReactNode;
  /** One line of facts under the name. */
  facts?: ReactNode;
  actions?: ReactNode;
}) {
  const { title } = props;
  useEffect(() => {
    document.title = `${title} · Lapidary`;
  }, [title]);
  return (
    <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-6 py-3">
      <div className="min-w-0 flex-1 basis-64">
        {props.crumbs && props.crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="mb-0.5 flex items-center gap-1 text-xs text-muted">
            {props.crumbs.map((crumb, place) => (
              <Fragment key={crumb.href}>
                {place > 0 && <ChevronRight aria-hidden className="size-3 shrink-0" />}
                <Link href={crumb.href} tone="quiet" className="max-w-60 truncate hover:text-ink">
                  {crumb.label}
                </Link>
              </Fragment>
            ))}
            <ChevronRight aria-hidden className="size-3 shrink-0" />
          </nav>
        )}
        <div className="flex min-w-0 items-center gap-2">
          <Heading
            level={1}
            className="min-w-0 truncate text-xl font-semibold tracking-tight"
            title={props.title}
          >
            {props.title}
          </Heading>
          {props.marks}
        </div>
        {props.facts && <div className="mt-0.5 text-sm text-muted">{props.facts}</div>}
      </div>
      {props.actions && <div className="flex shrink-0 flex-wrap items-center gap-2">{props.actions}</div>}
    </header>
  );
}

/** A part of a page with its heading and its own quiet actions. */
export function Section(props: {
  title: string;
  children: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <section className={props.className}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <Heading level={2} className="text-lg font-semibold">
            {props.title}
          </Heading>
          {props.description && <p className="max-w-prose text-sm text-muted">{props.description}</p>}
        </div>
        {props.actions && <div className="flex shrink-0 items-center gap-2">{props.actions}</div>}
      </div>
      {props.children}
    </section>
  );
}
