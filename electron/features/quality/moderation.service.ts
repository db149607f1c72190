import { v7 as uuidv7 } from 'uuid';
import { providerRuleBook, rulesOfProvider } from '../../../shared/features/datasets/provider-rules.model.ts';
import type { moderationContract } from '../../../shared/features/quality/moderation.contract.ts';
import type { ModerationPlan } from '../../../shared/features/quality/moderation.model.ts';
import { moderationModel } from '../../../shared/features/quality/moderation.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Approvals, DatasetReader, EgressGate } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import { realWait } from '../../core/waiting.ts';
import type { ModerationDraft, ModerationPlanInput } from './moderation.jobs.ts';
import { findCheck } from './moderation.sql.ts';
import { type ModerationParams, moderationTask, type ModerationTaskParts } from './moderation.task.ts';

type Requires = Omit<ModerationTaskParts, 'kit' | 'wait'> &
  Partial<Pick<ModerationTaskParts, 'wait'>> & {
    datasets: Pick<DatasetReader, 'facts'>;
    gate: Pick<EgressGate, 'isOpen'>;
    approvals: Approvals;
  };
type Draft = Omit<ModerationPlan, 'approval'>;
type Asked = { datasetId: string; connectionId: string };

const taskKind = 'quality.moderate';

/** An opt-in moderation check: planned, approved, sent through the gate, its results kept as marks. */
export function createModerationService(kit: Kit, requires: Requires): Handlers<typeof moderationContract> {
  kit.tasks.register<ModerationParams>(taskKind, moderationTask({ wait: realWait, ...requires, kit }));
  kit.events.register('quality.moderate', () => {});
  const starting = new Set<string>();
  return {
    last({ datasetId }) {
      requires.datasets.facts(datasetId);
      return findCheck(kit.workspace.require().db, datasetId);
    },
    async plan(asked) {
      const draft = await draftPlan(kit, requires, { ...asked, isKept: false });
      const approval = draft.examples === 0 ? null : await requires.approvals.mint(subjectOf(draft));
      return { ...draft, approval };
    },
    async start({ datasetId, connectionId, approvalId }) {
      // One at a time: the batches that are written down must be those of the approval that is used up.
      if (starting.has(datasetId) || isRunning(kit, datasetId)) throw isUnderWay();
      starting.add(datasetId);
      try {
        return await startCheck(kit, requires, { datasetId, connectionId, approvalId });
      } finally {
        starting.delete(datasetId);
      }
    },
  };
}

async function startCheck(
  kit: Kit,
  requires: Requires,
  { approvalId, ...asked }: Asked & { approvalId: string },
): Promise<{ taskId: string }> {
  const connection = requires.providers.require(asked.connectionId);
  if (connection.kind !== 'practice' && !requires.gate.isOpen()) throw isOffline(connection.host);
  const draft = await draftPlan(kit, requires, { ...asked, isKept: true });
  const intentId = uuidv7();
  await kit.workspace.require().write((db) => {
    requires.approvals.consume(db, approvalId, subjectOf(draft));
    kit.events.append(db, {
      feature: 'quality',
      kind: 'quality.moderate',
      label: `check ${draft.examples} examples of “${draft.datasetName}” by the moderation of ${draft.connectionName}`,
      forward: { kind: 'quality.moderate', args: { intentId } },
      inverse: null,
    });
  });
  const taskId = await kit.tasks.start<ModerationParams>({
    kind: taskKind,
    title: `Check “${draft.datasetName}” by moderation`,
    params: { ...asked, intentId },
    subject: { feature: 'datasets', id: asked.datasetId },
    total: draft.examples,
    unit: 'examples',
  });
  return { taskId };
}

async function draftPlan(
  kit: Kit,
  requires: Requires,
  { datasetId, connectionId, isKept }: Asked & { isKept: boolean },
): Promise<Draft> {
  const { name } = requires.datasets.facts(datasetId);
  const connection = requires.providers.require(connectionId);
  const staysOnThisMachine = connection.kind === 'practice';
  if (!staysOnThisMachine) requires.privacy.requirePassage(datasetId);
  const session = kit.workspace.require();
  const input: ModerationPlanInput = { store: session.address, datasetId, connectionId, isKept };
  const draft = await kit.workers.run<ModerationDraft>('quality.moderation-plan', input, {
    lockWriter: () => session.lockWriter(),
  });
  return {
    datasetId,
    datasetName: name,
    connectionId,
    connectionName: connection.name,
    providerKind: connection.kind,
    host: connection.host,
    staysOnThisMachine,
    model: moderationModel,
    ...draft,
    ...priceOf(kit, connection.kind),
  };
}

/** What a check costs, by the provider's rules; nobody knows the price of a server of one's own. */
function priceOf(kit: Kit, kind: Draft['providerKind']): Pick<ModerationPlan, 'priceMicroUsd' | 'priceNote'> {
  if (kind === 'practice') return { priceMicroUsd: 0, priceNote: 'Practice is free.' };
  if (kind === 'compatible') return { priceMicroUsd: null, priceNote: 'No price of this server is on file.' };
  const book = providerRuleBook.parse(kit.resources.readJson('provider-rules.json'));
  const { price, source } = rulesOfProvider(book, kind).moderation;
  const isFree = price === 'free';
  return {
    priceMicroUsd: isFree ? 0 : null,
    priceNote: `${isFree ? 'Free' : 'Price unknown'} (${source}, ${book.asOf}).`,
  };
}

/** What an approval is for: these bytes, to this host, at this price. */
function subjectOf(draft: Draft): Record<string, unknown> {
  const { datasetId, connectionId, host, examples, requests, bytes, sha256, priceMicroUsd } = draft;
  return {
    action: 'moderate',
    datasetId,
    connectionId,
    host,
    examples,
    requests,
    bytes,
    sha256,
    priceMicroUsd,
  };
}

function isRunning(kit: Kit, datasetId: string): boolean {
  return kit.tasks
    .list()
    .some(({ kind, subject, endedAt }) => kind === taskKind && subject?.id === datasetId && endedAt === null);
}

function isUnderWay(): AppFailure {
  return new AppFailure('NOT_APPROVED', {
    what: 'A moderation check of this data set is running.',
    todo: 'Wait for its end or cancel it in Activity, then plan again.',
    retry: 'later',
  });
}

function isOffline(host: string): AppFailure {
  return new AppFailure('OFFLINE', {
    what: `Nothing was sent to ${host}: this workspace is offline.`,
    todo: 'Open the gate in the status bar or under Governance, then try again.',
    retry: 'never',
  });
}
