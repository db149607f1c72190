import { v7 as uuidv7 } from 'uuid';
import { AppFailure } from '../../../shared/failures.ts';
import type { providersContract } from '../../../shared/features/providers/providers.contract.ts';
import type {
  Connection,
  ConnectionModel,
  ConnectionTest,
} from '../../../shared/features/providers/providers.model.ts';
import { practiceConnectionId } from '../../../shared/features/providers/providers.model.ts';
import { daysLeft } from '../../../shared/features/providers/providers.rules.ts';
import type { ProviderModel, ProviderRegistry } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { isThisMachine, judgeBaseUrl } from './base-url.ts';
import { connectionNotFound, createRegistry, keyNameOf, type RegistryParts } from './registry.ts';
import {
  type ConnectionRow,
  deleteConnection,
  findConnection,
  insertConnection,
  isNameTaken,
  listConnections,
  readFacts,
  renameConnection,
  updateKeyFacts,
  writeModels,
  writeTest,
} from './providers.sql.ts';

type Parts = RegistryParts & {
  /** True while a job of this connection has not ended. */
  isInUse(connectionId: string): boolean;
};
type Requires = { kit: Kit; parts: Parts; registry: ProviderRegistry };

/** Connections to providers and the registry through which other features use them. */
export function createProvidersService(
  kit: Kit,
  parts: Parts,
): { handlers: Handlers<typeof providersContract>; registry: ProviderRegistry } {
  const registry = createRegistry(kit, parts);
  const requires: Requires = { kit, parts, registry };
  kit.events.register('providers.rename', (db, args: { id: string; name: string }) =>
    renameConnection(db, args.id, args.name),
  );
  for (const kind of ['providers.connect', 'providers.replace-key', 'providers.remove']) {
    kit.events.register(kind, () => {});
  }
  const handlers: Handlers<typeof providersContract> = {
    list: async () => [
      practiceAs(kit, parts),
      ...(await Promise.all(rows(kit).map((row) => describeRow(kit, row)))),
    ],
    checkBaseUrl: ({ baseUrl }) => judgeBaseUrl(baseUrl),
    connect: (input) => connect(requires, input),
    replaceKey: ({ connectionId, apiKey }) => replaceKey(kit, connectionId, apiKey),
    rename: ({ connectionId, name }) => rename(kit, connectionId, name),
    remove: ({ connectionId }) => remove(requires, connectionId),
    test: ({ connectionId }, { signal }) => test(requires, connectionId, signal),
    models: (input, { signal }) => models(requires, input, signal),
  };
  return { handlers, registry };
}

const rows = (kit: Kit): ConnectionRow[] => listConnections(kit.workspace.require().db);

function requireRow(kit: Kit, connectionId: string): ConnectionRow {
  const row = findConnection(kit.workspace.require().db, connectionId);
  if (!row) throw connectionNotFound();
  return row;
}

function practiceAs(kit: Kit, parts: Parts): Connection {
  return {
    id: practiceConnectionId,
    kind: 'practice',
    name: 'Practice',
    baseUrl: parts.practice.baseUrl,
    host: new URL(parts.practice.baseUrl).host,
    organization: null,
    project: null,
    access: null,
    isUnencrypted: false,
    staysOnThisMachine: true,
    trainingBlock: null,
    lastTest: readFacts(kit.workspace.require().db, practiceConnectionId).test,
    createdAt: 0,
  };
}

async function describeRow(kit: Kit, row: ConnectionRow): Promise<Connection> {
  const facts = readFacts(kit.workspace.require().db, row.id);
  // Only a key in memory can be gone without anybody deleting it; asking a keychain may open a prompt.
  const isPresent = row.key_stored !== 'memory' || (await kit.secrets.get(keyNameOf(row.id))) !== null;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    baseUrl: row.base_url,
    host: row.host,
    organization: row.organization,
    project: row.project,
    access: { last4: row.key_last4, stored: row.key_stored, isPresent },
    isUnencrypted: row.base_url.startsWith('http:'),
    staysOnThisMachine: isThisMachine(row.base_url),
    trainingBlock: facts.block,
    lastTest: facts.test,
    createdAt: row.created_at,
  };
}

/** The last four characters, and none of a key so short that they would give it away. */
const last4Of = (key: string): string => (key.length >= 12 ? key.slice(-4) : '');

function invalid(what: string, field: string): AppFailure {
  return new AppFailure('INVALID_CONTENT', {
    what,
    where: { field },
    todo: 'Correct the field and try again.',
    retry: 'never',
  });
}

function requireFreeName(db: Db, name: string, exceptId: string): void {
  if (name === 'Practice' || isNameTaken(db, name, exceptId)) {
    throw invalid(`There is already a connection called “${name}”.`, 'name');
  }
}

type ConnectInput = Parameters<Handlers<typeof providersContract>['connect']>[0];

async function connect({ kit }: Requires, input: ConnectInput): Promise<Connection> {
  const session = kit.workspace.require();
  const { verdict, reason, baseUrl, host } = judgeBaseUrl(input.baseUrl);
  if (baseUrl === null || host === null) throw invalid(reason ?? 'This address cannot be used.', 'baseUrl');
  if (verdict === 'confirm' && !input.isAddressConfirmed) throw invalid(reason ?? '', 'baseUrl');
  // A header cannot carry more than printable ASCII; a key with anything else was copied wrongly.
  if (!/^[\x21-\x7e]+$/.test(input.apiKey))
    throw invalid('The key has spaces or characters that no key has.', 'apiKey');
  requireFreeName(session.db, input.name, '');
  const { backend } = await kit.secrets.probe();
  const row: ConnectionRow = {
    id: uuidv7(),
    kind: input.kind,
    name: input.name,
    base_url: baseUrl,
    host,
    organization: input.organization,
    project: input.project,
    key_last4: last4Of(input.apiKey),
    key_stored: backend,
    created_at: kit.clock.now(),
  };
  await kit.secrets.set(keyNameOf(row.id), input.apiKey);
  try {
    await session.write((db) => {
      requireFreeName(db, row.name, row.id);
      insertConnection(db, row);
      const args = { id: row.id, kind: row.kind, name: row.name, baseUrl: row.base_url };
      audit(kit, db, { kind: 'providers.connect', label: `connect ${row.name}`, args });
    });
  } catch (error) {
    await kit.secrets.delete(keyNameOf(row.id));
    throw error;
  }
  kit.changes.emit('providers');
  return describeRow(kit, row);
}

/** Writes down a change that touches the secret store and so cannot be undone from here. */
function audit(kit: Kit, db: Db, event: { kind: string; label: string; args: unknown }): void {
  kit.events.append(db, {
    feature: 'providers',
    kind: event.kind,
    label: event.label,
    forward: { kind: event.kind, args: event.args },
    inverse: null,
  });
}

async function replaceKey(kit: Kit, connectionId: string, apiKey: string): Promise<Connection> {
  const row = requireRow(kit, connectionId);
  if (!/^[\x21-\x7e]+$/.test(apiKey))
    throw invalid('The key has spaces or characters that no key has.', 'apiKey');
  const { backend } = await kit.secrets.probe();
  await kit.secrets.set(keyNameOf(row.id), apiKey);
  await kit.workspace.require().write((db) => {
    updateKeyFacts(db, row.id, { last4: last4Of(apiKey), stored: backend });
    audit(kit, db, {
      kind: 'providers.replace-key',
      label: `replace the key of ${row.name}`,
      args: { id: row.id },
    });
  });
  kit.changes.emit('providers');
  return describeRow(kit, requireRow(kit, connectionId));
}

async function rename(kit: Kit, connectionId: string, name: string): Promise<Connection> {
  const row = requireRow(kit, connectionId);
  await kit.workspace.require().write((db) => {
    requireFreeName(db, name, row.id);
    kit.events.run(db, {
      feature: 'providers',
      kind: 'providers.renamed',
      label: `rename ${row.name} to ${name}`,
      forward: { kind: 'providers.rename', args: { id: row.id, name } },
      inverse: { kind: 'providers.rename', args: { id: row.id, name: row.name } },
    });
  });
  kit.changes.emit('providers');
  return describeRow(kit, requireRow(kit, connectionId));
}

async function remove({ kit, parts }: Requires, connectionId: string): Promise<Record<string, never>> {
  const row = requireRow(kit, connectionId);
  if (parts.isInUse(connectionId)) {
    throw new AppFailure('JOB_STATE', {
      what: `A job at “${row.name}” is still running.`,
      todo: 'Wait for it to end or cancel it, then remove the connection.',
      retry: 'later',
    });
  }
  // The key first: a connection without a key can be seen and mended, a key without a connection is forgotten.
  await kit.secrets.delete(keyNameOf(row.id));
  await kit.workspace.require().write((db) => {
    deleteConnection(db, row.id);
    audit(kit, db, {
      kind: 'providers.remove',
      label: `remove ${row.name}`,
      args: { id: row.id, name: row.name },
    });
  });
  kit.changes.emit('providers');
  return {};
}

async function test(
  { kit, registry }: Requires,
  connectionId: string,
  signal: AbortSignal | undefined,
): Promise<ConnectionTest> {
  const { provider, host } = registry.require(connectionId);
  const at = kit.clock.now();
  let result: ConnectionTest;
  try {
    const found = await provider.listModels(signal);
    const what = `${host} answered with ${found.length} ${found.length === 1 ? 'model' : 'models'}.`;
    result = { at, isOk: true, what, todo: '', modelCount: found.length };
    await kit.workspace.require().write((db) => writeModels(db, connectionId, { models: found, at }));
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    result = { at, isOk: false, what: error.data.what, todo: error.data.todo, modelCount: 0 };
  }
  await kit.workspace.require().write((db) => writeTest(db, connectionId, result));
  kit.changes.emit('providers');
  return result;
}

async function models(
  { kit, registry }: Requires,
  ask: { connectionId: string; refresh: boolean },
  signal: AbortSignal | undefined,
): Promise<{ readAt: number | null; models: ConnectionModel[] }> {
  const { provider, kind } = registry.require(ask.connectionId);
  const session = kit.workspace.require();
  if (ask.refresh || kind === 'practice') {
    const read = { models: await provider.listModels(signal), at: kit.clock.now() };
    await session.write((db) => writeModels(db, ask.connectionId, read));
  }
  const facts = readFacts(session.db, ask.connectionId);
  const toModel = (model: ProviderModel): ConnectionModel => ({
    ...model,
    daysLeft: daysLeft(model.shutdownDate, kit.clock.now()),
    isFineTuned: model.id.startsWith('ft:') || /\.ft-/.test(model.id),
  });
  return { readAt: facts.modelsReadAt, models: facts.models.map(toModel) };
}
