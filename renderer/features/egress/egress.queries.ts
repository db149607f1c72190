import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { GatePosition, SendPurpose } from '../../../shared/features/egress/egress.model.ts';
import { rpc } from '../../rpc.ts';

/** What has left this workspace, and where the gate stands. */
export function useEgressSummary() {
  return useQuery({ queryKey: ['egress', 'summary'], queryFn: () => rpc.egress.summary() });
}

/** Moves the gate. */
export function useSetGate() {
  return useMutation({ mutationFn: (position: GatePosition) => rpc.egress.setGate({ position }) });
}

/** Walks the ledger's hash chain, when asked to. */
export function useVerifyLedger() {
  return useMutation({ mutationFn: () => rpc.egress.verify() });
}

const pageSize = 50;

/** The ledger, newest first, page by page. */
export function useLedger(purpose: SendPurpose | null) {
  return useInfiniteQuery({
    queryKey: ['egress', 'ledger', purpose],
    queryFn: ({ pageParam }) => rpc.egress.ledger({ beforeSeq: pageParam, limit: pageSize, purpose }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.entries.length < pageSize ? null : (last.entries.at(-1)?.seq ?? null)),
    placeholderData: keepPreviousData,
  });
}
