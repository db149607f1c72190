import { v7 as uuidv7 } from 'uuid';
import type { generationContract } from '../../../shared/features/preferences/generation.contract.ts';
import type {
  GenerationBlock,
  GenerationRequest,
} from '../../../shared/features/preferences/generation.model.ts';
import type {
  PreferenceKind,
  PreferenceSettings,
} from '../../../shared/features/preferences/preferences.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { PrivacyGate } from '../../core/dataset-ports.ts';
import type { Approvals } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { realWait, type Wait } from '../../core/waiting.ts';
import type { Account, AccountInput } from './generated-source.ts';
import {
  draftGeneration,
  type GenerationPlanPorts,
  offlineBlock,
  subjectOfGeneration,
} from './generation.plan.ts';
import {
  generationOfSet,
  type GenerationRecord,
  insertGeneration,
  listGenerations,
  requireGeneration,
  setGenerationTask,
  toGeneration,
} from './generation.sql.ts';
import { type GenerateParams, generateTask, generationTask } from './generation.task.ts';

export type GenerationRequires = GenerationPlanPorts & {
  readonly approvals: Approvals;
  readonly privacy: PrivacyGate;
  readonly wait?: Wait;
};

/** Answers to judge, asked of models through the gate. */
export function createGenerationService(
  kit: Kit,
  requires: GenerationRequires,
): Handlers<typeof generationContract> {
  kit.tasks.register<GenerateParams>(generateTask, generationTask({ wait: realWait, ...requires, kit }));
  kit.events.register(generateTask, () => {});
  const open = () => kit.workspace.require();
  return {
    async plan(request, { signal }) {
      const draft = await draftGeneration(kit, requires, { request, signal });
      const subject = subjectOfGeneration(request, draft);
      return { ...draft, approval: draft.block ? null : await requires.approvals.mint(subject) };
    },
    start: (input) => start(kit, requires, input),
    async resume({ generationId }) {
      const record = requireGeneration(open().db, generationId);
      const { state } = toGeneration(open().db, record, kit.tasks.list());
      if (state === 'done' || state === 'asking') throw notResumable(state === 'done');
      const connection = requires.providers.require(record.request.connectionId);
      if (connection.kind !== 'practice') {
        requires.privacy.requirePassage(record.request.source.datasetId);
        if (!requires.gate.isOpen()) throw failureOf(offlineBlock(connection.host));
      }
      return { taskId: await startTask(kit, record) };
    },
    list() {
      const tasks = kit.tasks.list();
      return listGenerations(open().db).map((record) => toGeneration(open().db, record, tasks));
    },
    async ofSet({ setId }, { signal }) {
      const { db, address } = open();
      const record = generationOfSet(db, setId);
      if (!record) return null;
      const { generationId, request } = record;
      const input: AccountInput = { store: address, generationId, request };
      const account = await kit.workers.run<Account>('preferences.account', input, { signal });
      return { ...toGeneration(db, record, kit.tasks.list()), ...account };
    },
  };
}

type StartInput = {
  request: GenerationRequest;
  approvalId: string;
  name: string;
  kind: PreferenceKind;
  settings: PreferenceSettings;
};

async function start(
  kit: Kit,
  requires: GenerationRequires,
  { request, approvalId, name, kind, settings }: StartInput,
): Promise<{ generationId: string; taskId: string; setId: string }> {
  const draft = await draftGeneration(kit, requires, { request });
  if (draft.block) throw failureOf(draft.block);
  const { datasetName, connectionName, providerKind, host, prompts, requests } = draft;
  const record: GenerationRecord = {
    generationId: uuidv7(),
    taskId: null,
    setId: uuidv7(),
    name,
    kind,
    settings,
    request,
    datasetName,
    connectionName,
    providerKind,
    host,
    prompts,
    requests,
    promptsSha256: draft.sha256,
    createdAt: kit.clock.now(),
    endedAt: null,
  };
  const { generationId, setId } = record;
  await kit.workspace.require().write((db) => {
    requires.approvals.consume(db, approvalId, subjectOfGeneration(request, draft));
    insertGeneration(db, record);
    kit.events.append(db, {
      feature: 'preferences',
      kind: 'preferences.generation-started',
      label: `ask ${connectionName} for ${requests} answers to “${datasetName}”`,
      forward: { kind: generateTask, args: { generationId } },
      // What was asked cannot be made unasked.
      inverse: null,
    });
  });
  return { generationId, setId, taskId: await startTask(kit, record) };
}

async function startTask(kit: Kit, record: GenerationRecord): Promise<string> {
  const { generationId, setId, name, requests } = record;
  const taskId = await kit.tasks.start<GenerateParams>({
    kind: generateTask,
    title: `Ask for answers: “${name}”`,
    params: { generationId },
    subject: { feature: 'preferences', id: setId },
    total: requests,
    unit: 'answers',
  });
  await kit.workspace.require().write((db) => setGenerationTask(db, generationId, taskId));
  kit.changes.emit('preferences');
  return taskId;
}

function failureOf({ code, what, todo }: GenerationBlock): AppFailure {
  return new AppFailure(code, { what, todo, retry: 'never' });
}

function notResumable(isDone: boolean): AppFailure {
  return new AppFailure('PREFERENCES_IMPOSSIBLE', {
    what: isDone ? 'All of these answers are there.' : 'These answers are being asked for.',
    todo: isDone ? 'Ask for others from a new set.' : 'Watch it in Activity.',
    retry: 'never',
  });
}
