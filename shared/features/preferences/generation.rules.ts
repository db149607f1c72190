import type { ToolCall } from '../datasets/datasets.model.ts';
import { splitExample } from '../evals/sample.rules.ts';
import { type SourcedAnswer, isEmpty } from './candidate-rows.rules.ts';
import type { GenerationRequest } from './generation.model.ts';
import {
  answerMessage,
  type AnswerMessage,
  type PreferenceKind,
  promptInput,
  type PromptInput,
} from './preferences.model.ts';

/** What is asked of a model: the n-th sample (from 1) for a prompt; `slot` counts from 0 over all models. */
export type Slot = { readonly slot: number; readonly model: string; readonly sample: number };

/** Every answer that a prompt is to get, in order. */
export function slotsOf({ models, candidatesPerModel }: GenerationRequest): Slot[] {
  return models.flatMap((model, at) =>
    Array.from({ length: candidatesPerModel }, (_, index) => ({
      slot: at * candidatesPerModel + index,
      model,
      sample: index + 1,
    })),
  );
}

/** What an example asks: all before its last answer, or all of it when it ends in a question; null when nothing is asked. */
export function promptOfExample(value: Readonly<Record<string, unknown>>): PromptInput | null {
  const source = value['input'] === undefined ? value : value['input'];
  const parsed = promptInput.safeParse(source);
  if (!parsed.success) return null;
  const { messages } = parsed.data;
  const asked = messages.at(-1)?.role === 'assistant' ? splitExample(messages)?.prompt : messages;
  if (!asked || asked.every(({ content }) => !content || content.length === 0)) return null;
  return { ...parsed.data, messages: asked };
}

/** An answer as it came in; `failure` is why there is none. */
export type GivenAnswer = {
  readonly slot: number;
  readonly message: unknown;
  readonly failure: string | null;
};

/** The candidates of a prompt out of its answers: identical ones are one candidate that names all who gave it. */
export function candidatesOf(
  request: GenerationRequest,
  answers: readonly GivenAnswer[],
): { candidates: SourcedAnswer[]; identical: number; failed: number; empty: number } {
  const found = new Map<string, { message: AnswerMessage; slots: Slot[] }>();
  const slots = slotsOf(request);
  const counts = { identical: 0, failed: 0, empty: 0 };
  for (const { slot, message, failure } of answers) {
    const by = slots[slot];
    const parsed = answerMessage.safeParse(message);
    if (failure !== null || !by) counts.failed += 1;
    else if (!parsed.success || isEmpty(parsed.data)) counts.empty += 1;
    else {
      const key = wordsOf(parsed.data);
      const same = found.get(key);
      if (same) counts.identical += 1;
      found.set(key, { message: parsed.data, slots: [...(same?.slots ?? []), by] });
    }
  }
  const candidates = [...found.values()].map(({ message, slots: by }) => ({
    message,
    source: sourceOf(by, request.temperature),
  }));
  return { candidates, ...counts };
}

/** What a message says; ids of tool calls are drawn anew each time and say nothing. */
function wordsOf({ content, tool_calls, refusal, function_call }: AnswerMessage): string {
  const calls = (tool_calls ?? []).map(({ function: called }: ToolCall) => [called.name, called.arguments]);
  return JSON.stringify([content ?? '', calls, refusal ?? '', function_call ?? null]);
}

/** `model · sample 2 · t=0.8`; who gave the same answer is named after a `=`. */
function sourceOf(slots: readonly Slot[], temperature: number): string {
  return [...new Set(slots.map(({ model }) => model))]
    .map((model) => {
      const samples = slots.filter((one) => one.model === model).map(({ sample }) => sample);
      const word = samples.length === 1 ? 'sample' : 'samples';
      return `${model} · ${word} ${samples.join(', ')} · t=${temperature}`;
    })
    .join(' = ');
}

/** Why a prompt gives nothing to judge, in words; null when it does. */
export function problemOf(
  kind: PreferenceKind,
  asked: { request: GenerationRequest; answers: readonly GivenAnswer[] },
): string | null {
  const { candidates, identical, failed, empty } = candidatesOf(asked.request, asked.answers);
  if (candidates.length >= (kind === 'pairs' ? 2 : 1)) return null;
  const total = slotsOf(asked.request).length;
  const missing = total - asked.answers.length;
  const words = asked.answers.find(({ failure }) => failure !== null)?.failure;
  const parts = [
    missing > 0 ? `${missing} not asked` : null,
    failed > 0 ? `${failed} refused (“${words ?? ''}”)` : null,
    empty > 0 ? `${empty} empty` : null,
    identical > 0 ? `${identical + 1} alike` : null,
  ].filter((part) => part !== null);
  const lack = kind === 'pairs' ? 'There are no two different answers' : 'There is no answer';
  return `${lack}: of ${total}, ${parts.join(', ')}.`;
}
