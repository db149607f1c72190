import { openAiDialect } from './chat-rows.ts';
import { makeCodec } from './codec.ts';
import { fitSft, readSft, writeSft } from './openai-shapes.ts';

const dialect = openAiDialect('OpenAI');

/** OpenAI's SFT training file. */
export const openAiSft = makeCodec({
  name: 'openai-sft',
  title: 'OpenAI SFT',
  fit: fitSft,
  read: readSft,
  write: (one, at) => writeSft(one, dialect, at),
});
