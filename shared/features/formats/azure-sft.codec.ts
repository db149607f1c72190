import { openAiDialect } from './chat-rows.ts';
import { makeCodec } from './codec.ts';
import { readSft, writeSft } from './openai-shapes.ts';

const dialect = openAiDialect('Azure');

/** Azure's SFT training file: OpenAI's, with Azure's limits and roles. */
export const azureSft = makeCodec({
  name: 'azure-sft',
  title: 'Azure SFT',
  // Azure's rows are OpenAI's: nothing in a row tells them apart, and OpenAI's codec speaks up for both.
  fit: () => null,
  read: readSft,
  write: (one, at) => writeSft(one, dialect, at),
});
