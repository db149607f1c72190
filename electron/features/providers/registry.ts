import { AppFailure } from '../../../shared/failures.ts';
import {
  type ConnectionKind,
  practiceConnectionId,
  type TrainingBlock,
} from '../../../shared/features/providers/providers.model.ts';
import type { SendPurpose } from '../../../shared/features/egress/egress.model.ts';
import type {
  EgressGate,
  PracticeHost,
  ProviderRegistry,
  TrainingProvider,
} from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { type ConnectionRow, findConnection, readFacts, writeBlock } from './providers.sql.ts';

/** Makes the client for a connection; the adapter behind it is chosen in create-core.ts. */
export type CreateProvider = (
  kind: ConnectionKind,
  parts: {
    baseUrl: string;
    organization: string | null;
    project: string | null;
    apiKey(): Promise<string>;
    fetchFor(send: { purpose: SendPurpose; intentId: string | null }): typeof fetch;
  },
) => TrainingProvider;

export type RegistryParts = { gate: EgressGate; practice: PracticeHost; createProvider: CreateProvider };

/** Under which name a connection's key lies in the secret store. */
export const keyNameOf = (connectionId: string): string => `provider-key:${connectionId}`;

/** The failure of a connection id that leads nowhere. */
export function connectionNotFound(): AppFailure {
  return new AppFailure('CONNECTION_NOT_FOUND', {
    what: 'This connection does not exist any more.',
    todo: 'Choose another one under Settings, or connect the provider again.',
    retry: 'never',
  });
}

/** Hands out providers by connection; the key is read from the secret store when a request needs it. */
export function createRegistry(kit: Kit, parts: RegistryParts): ProviderRegistry {
  return {
    require(connectionId) {
      if (connectionId === practiceConnectionId) return practiceConnection(parts);
      const row = findConnection(kit.workspace.require().db, connectionId);
      if (!row) throw connectionNotFound();
      const provider = parts.createProvider(row.kind, {
        baseUrl: row.base_url,
        organization: row.organization,
        project: row.project,
        apiKey: () => readKey(kit, row),
        fetchFor: (send) => parts.gate.fetchFor({ connectionId: row.id, host: row.host }, send),
      });
      const watched = { ...provider, createJob: rememberBlock(kit, row.id, provider) };
      const facts = readFacts(kit.workspace.require().db, row.id);
      return {
        id: row.id,
        name: row.name,
        kind: row.kind,
        host: row.host,
        provider: watched,
        trainingBlock: facts.block,
        shutdownDate: (model) => facts.models.find((one) => one.id === model)?.shutdownDate ?? null,
      };
    },
  };
}

function practiceConnection({
  practice,
  createProvider,
}: RegistryParts): ReturnType<ProviderRegistry['require']> {
  const provider = createProvider('practice', {
    baseUrl: practice.baseUrl,
    organization: null,
    project: null,
    apiKey: async () => 'practice',
    // Past the gate on purpose: this never becomes a socket, so there is nothing to stop and nothing to record.
    fetchFor: () => practice.fetch,
  });
  const host = new URL(practice.baseUrl).host;
  return {
    id: practiceConnectionId,
    name: 'Practice',
    kind: 'practice',
    host,
    provider,
    trainingBlock: null,
    shutdownDate: () => null,
  };
}

async function readKey(kit: Kit, row: ConnectionRow): Promise<string> {
  const key = await kit.secrets.get(keyNameOf(row.id));
  if (key !== null) return key;
  throw new AppFailure('KEY_REJECTED', {
    what:
      row.key_stored === 'memory'
        ? `The key of “${row.name}” was kept in memory only and is gone since Lapidary was closed.`
        : `The key of “${row.name}” is not in the keychain any more.`,
    todo: 'Enter the key again under Settings.',
    retry: 'never',
  });
}

/** Notes on the connection when its provider says that this account may not train, and when it does again. */
function rememberBlock(
  kit: Kit,
  connectionId: string,
  provider: TrainingProvider,
): TrainingProvider['createJob'] {
  const note = async (block: TrainingBlock | null): Promise<void> => {
    try {
      await kit.workspace.require().write((db) => writeBlock(db, connectionId, block));
      kit.changes.emit('providers');
    } catch (error) {
      // A note that cannot be kept must not hide the answer: the job may exist and cost money.
      kit.log.warn('a note on a connection could not be kept', { connectionId, error: String(error) });
    }
  };
  return async (job, signal) => {
    try {
      const created = await provider.createJob(job, signal);
      await note(null);
      return created;
    } catch (error) {
      if (error instanceof AppFailure && error.code === 'TRAINING_NOT_AVAILABLE') {
        await note({ since: kit.clock.now(), message: error.message });
      }
      throw error;
    }
  };
}
