import { useCallback, useRef } from 'react';
import { rpc } from '../../rpc.ts';

/** Goes to the next (1) or previous (−1) example of the view; to the first when none is open. Stays at the ends. */
export function useSteps(place: {
  viewId: string | undefined;
  open: number | null;
  onOpen: (exampleId: number) => void;
}): (by: 1 | -1) => void {
  const latest = useRef(place);
  latest.current = place;
  return useCallback((by) => {
    const { viewId, open } = latest.current;
    if (viewId === undefined) return;
    const go = async (): Promise<void> => {
      const { index } =
        open === null ? { index: -1 } : await rpc.datasets.locate({ viewId, exampleId: open });
      const start = (index ?? -1) + by;
      if (start < 0) return;
      const { rows } = await rpc.datasets.viewPage({ viewId, start, limit: 1 });
      if (rows[0]) latest.current.onOpen(rows[0].exampleId);
    };
    // A list that is no longer kept is opened anew by the page; until then there is nowhere to go.
    go().catch(() => {});
  }, []);
}
