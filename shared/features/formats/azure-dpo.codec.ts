import { openAiDialect } from './chat-rows.ts';
import { makeCodec } from './codec.ts';
import { readDpo, writeDpo } from './openai-shapes.ts';

const dialect = openAiDialect('Azure');

/** Azure's DPO training file: OpenAI's, with Azure's limits and roles. */
export const azureDpo = makeCodec({
  name: 'azure-dpo',
  title: 'Azure DPO',
  // Azure's rows are OpenAI's: nothing in a row tells them apart, and OpenAI's codec speaks up for both.
  fit: () => null,
  read: readDpo,
  write: (one, at) => writeDpo(one, dialect, at),
});
