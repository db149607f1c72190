import { message } from './chat.ts';
import { example, makeCodec } from './codec.ts';
import { without } from './json-values.ts';
import { Unfit } from './losses.ts';

/** OpenAI's old `prompt` and `completion` texts, for models that are gone: a question and its answer now. */
export const promptCompletion = makeCodec({
  name: 'prompt-completion',
  title: 'Prompt and completion',
  fit: (row) =>
    typeof row.prompt === 'string' && typeof row.completion === 'string'
      ? { sureness: 0.95, method: 'sft', why: '“prompt” and “completion” as texts.' }
      : null,
  read(row) {
    const { prompt, completion } = row;
    if (typeof prompt !== 'string') throw new Unfit('The row has no “prompt”.');
    if (typeof completion !== 'string') throw new Unfit('The row has no “completion”.');
    if (typeof row.label === 'boolean') {
      throw new Unfit('A single answer with a verdict is no pair and no example to imitate.');
    }
    const messages = [message('user', prompt), message('assistant', completion)];
    return example('sft', { messages }, without(row, ['prompt', 'completion']));
  },
});
