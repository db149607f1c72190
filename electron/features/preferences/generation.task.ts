import type { Generation } from '../../../shared/features/preferences/generation.model.ts';
import { type Slot, slotsOf } from '../../../shared/features/preferences/generation.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { askPatiently, inTurns } from '../../core/asking.ts';
import type { PrivacyGate } from '../../core/dataset-ports.ts';
import type { ChatAnswer, ProviderRegistry, TrainingProvider } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext, TaskKind } from '../../core/tasks.ts';
import type { Wait } from '../../core/waiting.ts';
import type { PromptsFound, PromptsInput } from './generation-prompts.job.ts';
import { nameOfGenerated } from './generation.plan.ts';
import {
  answeredSlots,
  endGeneration,
  type GenerationRecord,
  hasPrompts,
  insertAnswer,
  type NewAnswer,
  type OpenPrompt,
  promptsAfter,
  requireGeneration,
  toGeneration,
} from './generation.sql.ts';
import { makeSet } from './make-set.ts';

export const generateTask = 'preferences.generate';
export type GenerateParams = { readonly generationId: string };

export type GenerationTaskParts = {
  readonly kit: Kit;
  readonly providers: ProviderRegistry;
  readonly privacy: Pick<PrivacyGate, 'requirePassage'>;
  readonly wait: Wait;
};
type Context = TaskContext<GenerateParams>;

const promptsAtOnce = 100;

/**
 * Writes the prompts down, asks for every answer that is not there, and makes the set. Each answer is durable before the
 * next question takes its place, so that after a crash or a stop only what has no answer is asked.
 */
export function generationTask(parts: GenerationTaskParts): TaskKind<GenerateParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      const { kit, providers, privacy } = parts;
      const { generationId } = context.params;
      const record = requireGeneration(context.workspace.db, generationId);
      if (record.endedAt !== null) return;
      const connection = providers.require(record.request.connectionId);
      if (connection.kind !== 'practice') privacy.requirePassage(record.request.source.datasetId);
      await keepPrompts(kit, context, record);
      await askAll(parts, context, { record, provider: connection.provider });
      await makeSet(kit, context, making(record));
      await context.workspace.write((db) => endGeneration(db, generationId, kit.clock.now()));
      kit.changes.emit('preferences');
    },
  };
}

function making(record: GenerationRecord): Parameters<typeof makeSet>[2] {
  const { generationId, request, setId, name, kind, settings, datasetName, prompts } = record;
  return {
    set: {
      setId,
      name,
      kind,
      settings,
      source: { kind: 'generated', generationId },
      sourceName: nameOfGenerated(datasetName, request.models.length),
      at: record.createdAt,
    },
    source: { kind: 'generated', generationId, request },
    total: prompts,
  };
}

async function keepPrompts(
  kit: Kit,
  { workspace, signal }: Context,
  record: GenerationRecord,
): Promise<void> {
  const { generationId, request, promptsSha256: sha256 } = record;
  if (hasPrompts(workspace.db, generationId)) return;
  const input: PromptsInput = { store: workspace.address, request, keep: { generationId, sha256 } };
  await kit.workers.run<PromptsFound>('preferences.prompts', input, {
    signal,
    lockWriter: () => workspace.lockWriter(),
  });
}

type Asked = { readonly record: GenerationRecord; readonly provider: TrainingProvider };
type Question = { readonly prompt: OpenPrompt; readonly slot: Slot };

async function askAll(parts: GenerationTaskParts, context: Context, asked: Asked): Promise<void> {
  const { record } = asked;
  const { db } = context.workspace;
  const slots = slotsOf(record.request);
  const answeringModels = new Set(
    answeredSlots(db, record.generationId).map((slot) => slots[slot]?.model ?? ''),
  );
  const before: Generation = toGeneration(db, record, []);
  let done = before.answered + before.failed;
  const tell = (): void =>
    context.progress({
      done,
      total: record.requests,
      unit: 'answers',
      message: `Asking ${record.connectionName}`,
    });
  tell();
  for (let after = 0; ; ) {
    const prompts = promptsAfter(db, record.generationId, { after, limit: promptsAtOnce });
    const last = prompts.at(-1);
    if (!last) return;
    after = last.ordinal;
    const questions = prompts.flatMap((prompt) =>
      slots.filter(({ slot }) => !prompt.slots.has(slot)).map((slot): Question => ({ prompt, slot })),
    );
    await inTurns(questions, context.signal, async (question) => {
      const answer = await askOne(parts, context, { ...asked, ...question, answeringModels });
      await context.workspace.write((store) => insertAnswer(store, record.generationId, answer));
      done += 1;
      tell();
    });
  }
}

/**
 * A prompt that a provider refuses is kept with its words and does not end the asking, unless this model has not
 * answered anything yet: then it is the model that is refused.
 */
async function askOne(
  { kit, wait }: GenerationTaskParts,
  { signal }: Context,
  asked: Asked & Question & { answeringModels: Set<string> },
): Promise<NewAnswer> {
  const { prompt, slot, answeringModels } = asked;
  const place = { promptId: prompt.id, slot: slot.slot };
  try {
    const { message, finishReason, inputTokens, outputTokens } = await askPatiently(wait, signal, () =>
      chat(asked, signal),
    );
    answeringModels.add(slot.model);
    return { ...place, message, failure: null, finishReason, inputTokens, outputTokens, at: kit.clock.now() };
  } catch (error) {
    const isRefusal = error instanceof AppFailure && error.code === 'PROVIDER_REFUSED';
    if (!isRefusal || !answeringModels.has(slot.model)) throw error;
    const none = { finishReason: 'refused', inputTokens: 0, outputTokens: 0 };
    return { ...place, ...none, message: null, failure: error.data.what, at: kit.clock.now() };
  }
}

function chat(
  { record, provider, prompt, slot }: Asked & Question,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  const { temperature, maxTokens, seed } = record.request;
  const { messages, tools } = prompt.input;
  return provider.chat(
    {
      model: slot.model,
      messages,
      ...(tools && tools.length > 0 ? { tools } : {}),
      maxTokens,
      temperature,
      seed: seed + slot.sample - 1,
    },
    signal,
  );
}
