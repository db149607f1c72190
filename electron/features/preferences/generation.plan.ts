import { formatMicroUsd, formatPrice, grouped, microUsdFor } from '../../../shared/features/costs/money.ts';
import type {
  GenerationBlock,
  GenerationPlan,
  GenerationRequest,
} from '../../../shared/features/preferences/generation.model.ts';
import { slotsOf } from '../../../shared/features/preferences/generation.rules.ts';
import { mostCandidates } from '../../../shared/features/preferences/candidate-rows.rules.ts';
import { type ChatPrice, createChatPrices } from '../../core/chat-price.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { PrivacyGate } from '../../core/dataset-ports.ts';
import type { DatasetReader, EgressGate, ProviderRegistry } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { PromptsFound, PromptsInput } from './generation-prompts.job.ts';

export type GenerationPlanPorts = {
  readonly datasets: Pick<DatasetReader, 'facts'>;
  readonly providers: ProviderRegistry;
  readonly gate: Pick<EgressGate, 'isOpen'>;
  readonly privacy: Pick<PrivacyGate, 'blockOf'>;
};
export type GenerationDraft = Omit<GenerationPlan, 'approval'>;

/** What a set of asked answers is said to come from. */
export function nameOfGenerated(datasetName: string, models: number): string {
  return `${models === 1 ? 'a model' : `${models} models`} asked about ${datasetName}`;
}

/** Everything that asking would do; throws PREFERENCES_IMPOSSIBLE when a prompt would have too few or too many answers. */
export async function draftGeneration(
  kit: Kit,
  ports: GenerationPlanPorts,
  asked: { request: GenerationRequest; signal?: AbortSignal | undefined },
): Promise<GenerationDraft> {
  const { request, signal } = asked;
  requireComparable(request);
  const { name } = ports.datasets.facts(request.source.datasetId);
  const connection = ports.providers.require(request.connectionId);
  const input: PromptsInput = { store: kit.workspace.require().address, request, keep: null };
  const found = await kit.workers.run<PromptsFound>('preferences.prompts', input, { signal });
  const answersPerPrompt = slotsOf(request).length;
  const sizes = {
    promptTokens: found.promptTokens * answersPerPrompt,
    answerTokens: found.prompts * answersPerPrompt * request.maxTokens,
  };
  const price = priceOf(kit, { request, providerKind: connection.kind, found });
  const draft = {
    datasetName: name,
    connectionName: connection.name,
    providerKind: connection.kind,
    host: connection.host,
    staysOnThisMachine: connection.kind === 'practice',
    ...found,
    ...sizes,
    ...price,
    answersPerPrompt,
    requests: found.prompts * answersPerPrompt,
    notes: notesOf(request, price.costMicroUsd),
  };
  return { ...draft, block: blockOf(ports, request, draft) };
}

/** What an approval is for: the same texts, so often, to the same models and host, at the same price. */
export function subjectOfGeneration(
  request: GenerationRequest,
  draft: GenerationDraft,
): Record<string, unknown> {
  const { host, requests, promptTokens, sha256, costMicroUsd } = draft;
  return { action: 'generate', ...request, host, requests, promptTokens, sha256, costMicroUsd };
}

function requireComparable(request: GenerationRequest): void {
  const total = slotsOf(request).length;
  if (new Set(request.models).size < request.models.length) {
    throw impossible('A model is named twice.', 'Choose each model once; ask it for more answers instead.');
  }
  if (total < 2)
    throw impossible('One answer cannot be compared.', 'Ask for two answers, or ask two models.');
  if (total <= mostCandidates) return;
  throw impossible(
    `${total} answers to a prompt are more than the ${mostCandidates} that can be compared.`,
    'Choose fewer models, or fewer answers of each.',
  );
}

function impossible(what: string, todo: string): AppFailure {
  return new AppFailure('PREFERENCES_IMPOSSIBLE', { what, todo, retry: 'never' });
}

function notesOf(
  { temperature, candidatesPerModel, capMicroUsd }: GenerationRequest,
  cost: number | null,
): string[] {
  const notes: string[] = [];
  if (temperature === 0 && candidatesPerModel > 1) {
    notes.push(
      'At temperature 0 a model mostly says the same every time; answers that are alike become one.',
    );
  }
  if (cost === null && capMicroUsd !== null) notes.push('Without a price no cap can hold.');
  return notes;
}

function blockOf(
  { gate, privacy }: GenerationPlanPorts,
  { source, capMicroUsd }: GenerationRequest,
  draft: Omit<GenerationDraft, 'block'>,
): GenerationBlock | null {
  if (draft.prompts === 0) {
    const where = source.split === null ? '' : ` in its ${source.split} split`;
    return {
      code: 'PREFERENCES_IMPOSSIBLE',
      what: `“${draft.datasetName}” has no example with a question${where}.`,
      todo: 'Choose another data set or split.',
    };
  }
  if (draft.costMicroUsd !== null && capMicroUsd !== null && draft.costMicroUsd > capMicroUsd) {
    return {
      code: 'OVER_BUDGET',
      what: `At most it costs ${formatMicroUsd(draft.costMicroUsd)}, which is above your cap of ${formatMicroUsd(capMicroUsd)}.`,
      todo: 'Raise the cap, or ask fewer prompts, fewer answers or shorter ones.',
    };
  }
  if (draft.staysOnThisMachine) return null;
  const personal = privacy.blockOf(source.datasetId);
  if (personal) return { code: 'PERSONAL_DATA_UNRESOLVED', what: personal.what, todo: personal.todo };
  return gate.isOpen() ? null : offlineBlock(draft.host);
}

/** Why nothing goes out while the gate is closed. */
export function offlineBlock(host: string): GenerationBlock {
  return {
    code: 'OFFLINE',
    what: `Nothing can be sent to ${host}: this workspace is offline.`,
    todo: 'Open the gate in the status bar or under Governance.',
  };
}

type Priced = {
  request: GenerationRequest;
  providerKind: GenerationDraft['providerKind'];
  found: PromptsFound;
};

/** The most that asking can cost, model by model, with its arithmetic. */
function priceOf(
  kit: Kit,
  { request, providerKind, found }: Priced,
): Pick<GenerationDraft, 'costMicroUsd' | 'costNote'> {
  if (providerKind === 'practice') {
    return { costMicroUsd: 0, costNote: 'Practice answers on this machine and costs nothing.' };
  }
  const times = request.candidatesPerModel;
  const [input, output] = [found.promptTokens * times, found.prompts * times * request.maxTokens];
  const sizes = `${grouped(input)} tokens in and at most ${grouped(output)} out for each model`;
  const priced = createChatPrices(kit);
  let costMicroUsd = 0;
  const parts: string[] = [];
  let last: ChatPrice | null = null;
  for (const model of request.models) {
    last = priced({ providerKind, model, isTuned: model.startsWith('ft:') });
    if (!last)
      return {
        costMicroUsd: null,
        costNote: `No price is on file for asking ${model}. It will be ${sizes}.`,
      };
    costMicroUsd +=
      microUsdFor(input, last.input.microUsdPerUnit) + microUsdFor(output, last.output.microUsdPerUnit);
    parts.push(
      `${model} ${formatPrice(last.input.microUsdPerUnit)} in and ${formatPrice(last.output.microUsdPerUnit)} out`,
    );
  }
  const from = last ? ` (${last.input.source}, read ${last.input.retrievedOn})` : '';
  return { costMicroUsd, costNote: `At most: ${sizes}; ${parts.join(', ')} per million tokens${from}.` };
}
