import { openAiDialect } from './chat-rows.ts';
import { makeCodec } from './codec.ts';
import { fitDpo, readDpo, writeDpo } from './openai-shapes.ts';

const dialect = openAiDialect('OpenAI');

/** OpenAI's DPO training file. */
export const openAiDpo = makeCodec({
  name: 'openai-dpo',
  title: 'OpenAI DPO',
  fit: fitDpo,
  read: readDpo,
  write: (one, at) => writeDpo(one, dialect, at),
});
