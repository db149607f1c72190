import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type {
  Confidence,
  GateSetting,
  PersonalDataType,
  WhichDetections,
} from '../../../shared/features/privacy/privacy.model.ts';
import { rpc } from '../../rpc.ts';

/**
 * What is found depends on the examples as well as on decisions: the keys begin with `datasets`, and hold when the
 * feature's own state was last read, so that a change of either reads anew.
 */
function usePulse(): number {
  return useQuery({ queryKey: ['privacy', 'gate'], queryFn: () => rpc.privacy.gate() }).dataUpdatedAt;
}

/** Counts, gate and measurements of a data set. */
export function useOverview(datasetId: string) {
  const pulse = usePulse();
  return useQuery({
    queryKey: ['datasets', 'privacy', datasetId, pulse],
    queryFn: () => rpc.privacy.overview({ datasetId }),
    placeholderData: keepPreviousData,
  });
}

/** A page of the detections of a type, surest first. */
export function useDetections(wanted: {
  datasetId: string;
  type: PersonalDataType;
  isOpen: boolean;
  confidences: readonly Confidence[];
  start: number;
  limit: number;
}) {
  const pulse = usePulse();
  return useQuery({
    queryKey: ['datasets', 'privacy-detections', wanted, pulse],
    queryFn: () => rpc.privacy.detections({ ...wanted, confidences: [...wanted.confidences] }),
    placeholderData: keepPreviousData,
  });
}

export type Action = 'mask' | 'pseudonymise' | 'drop';

/** Looks at what was not looked at yet. */
export function useScan(datasetId: string) {
  return useMutation({ mutationFn: () => rpc.privacy.scan({ datasetId }) });
}

/** Masks, pseudonymises or drops. */
export function useAct(datasetId: string) {
  return useMutation({
    mutationFn: ({ action, which }: { action: Action; which: WhichDetections }) =>
      rpc.privacy[action]({ datasetId, which }),
  });
}

/** Keeps with a reason. */
export function useKeep(datasetId: string) {
  return useMutation({
    mutationFn: (input: { which: WhichDetections; reason: string }) =>
      rpc.privacy.keep({ datasetId, ...input }),
  });
}

/** Changes what is held back. */
export function useChangeGate() {
  return useMutation({ mutationFn: (setting: GateSetting) => rpc.privacy.changeGate(setting) });
}

/** Looks behind a pseudonym. */
export function useReveal() {
  return useMutation({ mutationFn: (pseudonym: string) => rpc.privacy.reveal({ pseudonym }) });
}

/** The scan of this data set that runs now, if any. */
export function useRunningScan(datasetId: string) {
  const { data } = useQuery({ queryKey: ['activity', 'list'], queryFn: () => rpc.activity.list() });
  return (
    data?.find(
      (task) => task.kind === 'privacy.scan' && task.subject?.id === datasetId && task.endedAt === null,
    ) ?? null
  );
}
