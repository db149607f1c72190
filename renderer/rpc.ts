import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { QueryClient } from '@tanstack/react-query';
import type { Contract } from '../shared/contract.ts';
import { createPipePort } from './pipe-port.ts';

const pipe = createPipePort();

/** The core, typed by the contract: `rpc.datasets.list({})`. Keys never cross, big files never cross. */
export const rpc: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: pipe.port }));

/** Resolves when the core is gone for good; the window then says so instead of waiting for ever. */
export const coreGone: Promise<void> = pipe.gone;

/**
 * What the window remembers of the core's answers. Every query key starts with the word of its feature, because a
 * change in the core names the feature and everything kept of it is asked again. Nothing here waits for a network.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: 60_000, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Follows the core's changes until `signal` fires and makes stale what the window shows of a changed feature. */
export async function followChanges(signal: AbortSignal): Promise<void> {
  const changes = await rpc.workspaces.changes(undefined, { signal });
  for await (const { feature } of changes) {
    // Another workspace, backup or step of the history is open: everything shown may be old.
    void queryClient.invalidateQueries(feature === 'workspaces' ? {} : { queryKey: [feature] });
    // A change of data is also a new entry of the history.
    void queryClient.invalidateQueries({ queryKey: ['workspaces', 'history'] });
  }
}
