import type { JsonObject } from '../datasets/read-line.ts';
import { type ChatDialect, onlyFields } from './chat-rows.ts';
import { makeCodec, type Writing } from './codec.ts';
import { readDpo, readSft, writeDpo, writeSft } from './openai-shapes.ts';
import type { CanonicalExample } from './formats.model.ts';
import { isObject } from './json-values.ts';
import { Unfit } from './losses.ts';
import { modernised } from './modern-tools.ts';

const dialect: ChatDialect = {
  service: 'Together',
  messageKeys: ['role', 'content', 'name', 'weight', 'tool_calls', 'tool_call_id'],
  hasFunctions: false,
};

/** Together (docs.together.ai, data preparation): OpenAI's rows without `parallel_tool_calls`; no files for reinforcement. */
export const together = makeCodec({
  name: 'together',
  title: 'Together',
  fit: () => null,
  read: (row, losses) => (row.messages === undefined ? readDpo(row) : readSft(row, losses)),
  write(one, at) {
    if (one.method === 'rft') throw new Unfit('Together has no files for reinforcement fine-tuning.');
    const plain = plainer(one, at);
    return plain.method === 'sft' ? writeSft(plain, dialect, at) : writeDpo(plain, dialect, at);
  },
});

/** Without what Together does not know: old functions and the switch for parallel calls. */
function plainer(one: CanonicalExample, { losses }: Writing): CanonicalExample {
  const noting = { losses, reason: 'Together does not know this field.' };
  const plain = (value: JsonObject, inside: string): JsonObject =>
    onlyFields(modernised(value, losses), ['messages', 'tools'], { ...noting, inside });
  if (one.method === 'sft') return { ...one, value: plain(one.value, '') };
  const { input } = one.value;
  return isObject(input) ? { ...one, value: { ...one.value, input: plain(input, 'input.') } } : one;
}
