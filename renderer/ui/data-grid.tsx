import { lazy, Suspense } from 'react';
import type { DataGridProps } from './data-grid.model.ts';
import type { DataGridBody } from './data-grid-body.tsx';
import { Skeleton } from './skeleton.tsx';

export type { DataGridHandle, GridColumn, GridSort } from './data-grid.model.ts';

// React.lazy forgets that the component is generic.
const Body = lazy(async () => ({
  default: (await import('./data-grid-body.tsx')).DataGridBody,
})) as unknown as typeof DataGridBody;

/**
 * A grid over up to a million rows and more: pages are read as one scrolls, arrow keys, Page, Home and End move, Enter
 * opens, `aria-rowcount` is true. The grid fills its parent's height.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  return (
    <Suspense fallback={<Skeleton rows={8} label={`Loading ${props.label}`} />}>
      <Body {...props} />
    </Suspense>
  );
}
