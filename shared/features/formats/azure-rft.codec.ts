import { openAiDialect } from './chat-rows.ts';
import { makeCodec } from './codec.ts';
import { readRft, writeRft } from './openai-shapes.ts';

const dialect = openAiDialect('Azure');

/** Azure's RFT training file: OpenAI's, with Azure's limits and roles. */
export const azureRft = makeCodec({
  name: 'azure-rft',
  title: 'Azure RFT',
  // Azure's rows are OpenAI's: nothing in a row tells them apart, and OpenAI's codec speaks up for both.
  fit: () => null,
  read: readRft,
  write: (one, at) => writeRft(one, dialect, at),
});
