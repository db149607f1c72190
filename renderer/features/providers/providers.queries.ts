import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConnectionKind } from '../../../shared/features/providers/providers.model.ts';
import { rpc } from '../../rpc.ts';

/** Every connection, practice first. */
export function useConnections() {
  return useQuery({ queryKey: ['providers', 'list'], queryFn: () => rpc.providers.list() });
}

/** What an address means, judged as it is typed; nothing is sent. */
export function useBaseUrlVerdict(baseUrl: string) {
  return useQuery({
    queryKey: ['providers', 'base-url', baseUrl],
    queryFn: () => rpc.providers.checkBaseUrl({ baseUrl }),
    enabled: baseUrl.trim() !== '',
    placeholderData: keepPreviousData,
  });
}

/** What a new connection is made of. */
export type NewConnection = {
  kind: Exclude<ConnectionKind, 'practice'>;
  name: string;
  baseUrl: string;
  apiKey: string;
  organization: string | null;
  project: string | null;
  isAddressConfirmed: boolean;
};

/** Makes a connection. */
export function useConnect() {
  return useMutation({ mutationFn: (input: NewConnection) => rpc.providers.connect(input) });
}

/** Lists the models of a connection once, to see whether it works. */
export function useTestConnection(connectionId: string) {
  return useMutation({ mutationFn: () => rpc.providers.test({ connectionId }) });
}

/** The models as last read. */
export function useModels(connectionId: string) {
  return useQuery({
    queryKey: ['providers', 'models', connectionId],
    queryFn: () => rpc.providers.models({ connectionId, refresh: false }),
  });
}

/** Reads the models again. */
export function useRefreshModels(connectionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => rpc.providers.models({ connectionId, refresh: true }),
    onSuccess: (models) => client.setQueryData(['providers', 'models', connectionId], models),
  });
}

/** Gives a connection another name. */
export function useRename(connectionId: string) {
  return useMutation({ mutationFn: (name: string) => rpc.providers.rename({ connectionId, name }) });
}

/** Gives a connection another key. */
export function useReplaceKey(connectionId: string) {
  return useMutation({ mutationFn: (apiKey: string) => rpc.providers.replaceKey({ connectionId, apiKey }) });
}

/** Forgets a connection and its key. */
export function useRemove(connectionId: string) {
  return useMutation({ mutationFn: () => rpc.providers.remove({ connectionId }) });
}

/** Where a key would be kept on this machine. */
export function useKeyPlace() {
  return useQuery({ queryKey: ['settings', 'about'], queryFn: () => rpc.settings.about() });
}
