import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { GenerationRequest } from '../../../shared/features/preferences/generation.model.ts';
import { rpc } from '../../rpc.ts';

/** The connections whose models can be asked. */
export function useAskableConnections() {
  return useQuery({ queryKey: ['providers', 'list'], queryFn: () => rpc.providers.list() });
}

const byName = new Intl.Collator('en', { numeric: true });

/** The models a connection lists, tuned ones first. */
export function useAskableModels(connectionId: string) {
  return useQuery({
    queryKey: ['providers', 'models', connectionId],
    queryFn: () => rpc.providers.models({ connectionId, refresh: false }),
    select: ({ models }) =>
      models.toSorted((a, b) => Number(b.isFineTuned) - Number(a.isFineTuned) || byName.compare(a.id, b.id)),
  });
}

const planLifeMs = 20 * 60_000;

/** What asking would do; the last plan stays while the next is made. Null asks nothing. */
export function useGenerationPlan(request: GenerationRequest | null) {
  const gate = useQuery({ queryKey: ['egress', 'gate-for-plan'], queryFn: () => rpc.egress.gate() }).data;
  return useQuery({
    queryKey: ['datasets', 'generation-plan', request, gate?.position],
    queryFn: ({ signal }) => (request ? rpc.generation.plan(request, { signal }) : null),
    enabled: request !== null && gate !== undefined,
    placeholderData: keepPreviousData,
    // Its approval ends after half an hour.
    refetchInterval: planLifeMs,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Starts the approved plan. */
export function useStartGeneration() {
  return useMutation({
    mutationFn: (input: Parameters<typeof rpc.generation.start>[0]) => rpc.generation.start(input),
  });
}

/** Goes on with one that stopped. */
export function useResumeGeneration() {
  return useMutation({ mutationFn: (generationId: string) => rpc.generation.resume({ generationId }) });
}

/** Everything that was asked in this workspace, newest first; its state follows from its task. */
export function useGenerations() {
  return useQuery({ queryKey: ['activity', 'generations'], queryFn: () => rpc.generation.list() });
}

/** What was asked for a set; null for other sets. Not looked up while its task runs, which changes it all the time. */
export function useGenerationOfSet(setId: string, isRunning = false) {
  return useQuery({
    queryKey: ['activity', 'generation', setId],
    queryFn: ({ signal }) => rpc.generation.ofSet({ setId }, { signal }),
    enabled: !isRunning,
  });
}
