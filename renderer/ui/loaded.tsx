import type { ReactNode } from 'react';
import { ErrorState } from './error-state.tsx';
import { Skeleton } from './skeleton.tsx';

/** What {@link Loaded} needs of a TanStack query. */
type Query<Data> = {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
};

/** Shows a query: bars while it is read, the error with a retry when it failed, else `children(data)`. */
export function Loaded<Data>(props: {
  query: Query<Data>;
  children: (data: Data) => ReactNode;
  skeleton?: ReactNode;
  label?: string;
}) {
  const { data, error } = props.query;
  if (data !== undefined) return props.children(data);
  if (error) return <ErrorState error={error} onRetry={() => void props.query.refetch()} />;
  return props.skeleton ?? <Skeleton {...(props.label ? { label: props.label } : {})} />;
}
