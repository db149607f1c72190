import { messagesOf } from './chat.ts';
import type { ChatDialect } from './chat-rows.ts';
import { makeCodec } from './codec.ts';
import type { CanonicalExample } from './formats.model.ts';
import { type Losses, Unfit } from './losses.ts';
import { modernised } from './modern-tools.ts';
import { readDpo, readRft, readSft, writeDpo, writeRft, writeSft, fitRft } from './openai-shapes.ts';

const dialect: ChatDialect = {
  service: 'Fireworks',
  messageKeys: ['role', 'content', 'name', 'weight', 'tool_calls', 'tool_call_id', 'reasoning_content'],
  hasFunctions: false,
};

/** Fireworks (docs.fireworks.ai, fine-tuning): OpenAI's rows of all three methods, with roles of its own. */
export const fireworks = makeCodec({
  name: 'fireworks',
  title: 'Fireworks',
  fit: () => null,
  read(row, losses) {
    if (row.messages === undefined) return readDpo(row);
    return (fitRft(row)?.sureness ?? 0) > 0.5 ? readRft(row, losses) : readSft(row, losses);
  },
  write(one, at) {
    if (one.method === 'dpo') return writeDpo(one, dialect, at);
    checkEnd(one);
    const modern = withTools(one, at.losses);
    return one.method === 'sft' ? writeSft(modern, dialect, at) : writeRft(modern, dialect, at);
  },
});

/** Fireworks tells examples to imitate from tasks by their last message. */
function checkEnd(one: CanonicalExample): void {
  const messages = messagesOf(one.value.messages, 'messages');
  const isAnswered = messages.at(-1)?.role === 'assistant';
  if (one.method === 'sft' && !isAnswered) throw new Unfit('The row does not end with an answer.');
  if (one.method === 'rft' && isAnswered)
    throw new Unfit('A task for reinforcement must end with a question.');
}

function withTools(one: CanonicalExample, losses: Losses): CanonicalExample {
  const value = one.method === 'sft' ? modernised(one.value, losses) : one.value;
  return value === one.value ? one : { ...one, value };
}
