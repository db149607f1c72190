import { openAiDialect } from './chat-rows.ts';
import { makeCodec } from './codec.ts';
import { fitRft, readRft, writeRft } from './openai-shapes.ts';

const dialect = openAiDialect('OpenAI');

/** OpenAI's RFT training file. */
export const openAiRft = makeCodec({
  name: 'openai-rft',
  title: 'OpenAI RFT',
  fit: fitRft,
  read: readRft,
  write: (one, at) => writeRft(one, dialect, at),
});
