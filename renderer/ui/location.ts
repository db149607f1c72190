import { useNavigate, useParams, useRouterState } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';
import type { ComponentType } from 'react';

/** A page of the window: a feature exports it, `renderer/app/screens.ts` registers it with one line. */
export type Screen = {
  /** E.g. `/datasets/$datasetId`; parts with `$` are parameters. */
  path: string;
  /** The window's title until the page head names something of its own. */
  title: string;
  component: ComponentType;
  /** Work that wants the whole window: the navigation steps aside. */
  isAlone?: boolean;
};

/** A parameter of the path of this screen, e.g. `useParam('datasetId')`. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  const value = params[name];
  if (value === undefined) throw new Error(`this screen has no parameter ${name}`);
  return value;
}

/** Goes to a path of the window; `replace` leaves no step back. */
export function useGo(): (href: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (href, options) => void navigate({ to: href, replace: options?.replace ?? false }),
    [navigate],
  );
}

/**
 * What the address says about this screen (filters, the open tab, the open row), checked by `schema`, whose fields all
 * have a default. A change goes into the address, so that back, forward and a restart find it again.
 */
export function useSearchState<Shape extends z.ZodObject>(
  schema: Shape,
): [z.output<Shape>, (patch: Partial<z.input<Shape>>, options?: { push?: boolean }) => void] {
  const search = useRouterState({ select: (state) => state.location.search as Record<string, unknown> });
  const navigate = useNavigate();
  const state = useMemo(() => {
    const parsed = schema.safeParse(search);
    return parsed.success ? parsed.data : schema.parse({});
  }, [schema, search]);
  const change = useCallback(
    (patch: Partial<z.input<Shape>>, options?: { push?: boolean }) =>
      void navigate({
        to: '.',
        search: (old: Record<string, unknown>) => ({ ...old, ...patch }),
        replace: !options?.push,
      } as Parameters<typeof navigate>[0]),
    [navigate],
  );
  return [state, change];
}
