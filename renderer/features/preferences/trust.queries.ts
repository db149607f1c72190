import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { rpc } from '../../rpc.ts';

/** How far the verdicts of a set can be trusted; the figures before stand until the new ones are there. */
export function useTrust(setId: string) {
  return useQuery({
    queryKey: ['preferences', 'trust', setId],
    queryFn: ({ signal }) => rpc.trust.report({ setId }, { signal }),
    placeholderData: keepPreviousData,
  });
}
