import { isList, isObject, without } from './json-values.ts';
import type { CanonicalExample, ExampleMethod, FieldLoss } from './formats.model.ts';

/** An example for another method, with what that loses; or why there is no such example. */
export type MethodChange =
  | { readonly kind: 'example'; readonly example: CanonicalExample; readonly losses: readonly FieldLoss[] }
  | { readonly kind: 'skipped'; readonly reason: string };

/** The field that a task for reinforcement keeps the known answer in, for graders to compare with. */
export const referenceField = 'reference_answer';

/** Turns an example into one of another method where that has a meaning. Inventing a worse answer has none. */
export function changeMethod(one: CanonicalExample, method: ExampleMethod): MethodChange {
  if (one.method === method) return { kind: 'example', example: one, losses: [] };
  if (method === 'dpo') {
    return {
      kind: 'skipped',
      reason: 'A pair needs a worse answer beside the better one; this row has none.',
    };
  }
  if (one.method === 'rft') {
    return { kind: 'skipped', reason: 'A task for reinforcement has no answer to imitate.' };
  }
  return one.method === 'dpo' ? fromPair(one, method) : toTask(one, []);
}

function fromPair(one: CanonicalExample, method: 'sft' | 'rft'): MethodChange {
  const { input, preferred_output, non_preferred_output } = one.value;
  if (!isObject(input) || !isList(input.messages) || !isList(preferred_output)) {
    return { kind: 'skipped', reason: 'The pair has no messages or no preferred output.' };
  }
  const losses: FieldLoss[] = [
    ...(non_preferred_output === undefined
      ? []
      : [{ field: 'non_preferred_output', reason: 'Only the preferred answer is kept.' }]),
    ...Object.keys(without(one.value, ['input', 'preferred_output', 'non_preferred_output'])).map(
      (field) => ({
        field,
        reason: 'The field belongs to the pair.',
      }),
    ),
  ];
  const value = {
    ...input,
    messages: [...(input.messages as unknown[]), ...(preferred_output as unknown[])],
  };
  const imitated: CanonicalExample = { method: 'sft', value, extra: one.extra };
  return method === 'sft' ? { kind: 'example', example: imitated, losses } : toTask(imitated, losses);
}

function toTask(one: CanonicalExample, before: readonly FieldLoss[]): MethodChange {
  const messages: readonly unknown[] = isList(one.value.messages) ? one.value.messages : [];
  const last = messages.at(-1);
  const isText = isObject(last) && last.role === 'assistant' && typeof last.content === 'string';
  if (!isText || messages.length < 2) {
    return { kind: 'skipped', reason: 'The row does not end with an answer in text to compare with.' };
  }
  const fields = without(one.value, ['messages', 'tools']);
  const others = Object.keys(without(last, ['role', 'content'])).map((key) => `messages.${key}`);
  const losses: FieldLoss[] = [
    ...before,
    { field: 'messages', reason: `The last answer becomes the field ${referenceField}, for a grader.` },
    ...[...Object.keys(fields), ...others].map((field) => ({
      field,
      reason: 'A task for reinforcement has no such field.',
    })),
  ];
  const tools = one.value.tools === undefined ? {} : { tools: one.value.tools };
  const value = { messages: messages.slice(0, -1), ...tools, [referenceField]: last.content, ...one.extra };
  return { kind: 'example', example: { method: 'rft', value, extra: {} }, losses };
}
