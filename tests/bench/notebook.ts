import { readFileSync } from 'node:fs';
import { threadMs } from './figures.ts';

/*
 * The steps of the platform's data preparation notebook, as a Node program would take them: load everything, look for
 * format errors, count tokens (the answers a second time), distributions, price. The baseline of the import bench.
 * Run: node tests/bench/notebook.ts FILE gpt-tokenizer|js-tiktoken LINES. Prints one JSON object.
 */

type Message = Record<string, unknown>;
type Example = { messages?: unknown };

const [file = '', library = 'gpt-tokenizer', most = '100000'] = process.argv.slice(2);
const keys = new Set(['role', 'content', 'name', 'function_call', 'weight']);
const roles = new Set(['system', 'user', 'assistant', 'function']);

async function createCounter(): Promise<(text: string) => number> {
  if (library === 'js-tiktoken') {
    const { Tiktoken } = await import('js-tiktoken/lite');
    const { default: ranks } = await import('js-tiktoken/ranks/o200k_base');
    const encoder = new Tiktoken(ranks);
    return (text) => encoder.encode(text, [], []).length;
  }
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => countTokens(text, options);
}

function messagesOf(example: Example): Message[] {
  const { messages } = example;
  return Array.isArray(messages)
    ? messages.filter((one): one is Message => typeof one === 'object' && one !== null)
    : [];
}

function formatErrors(examples: readonly Example[]): number {
  let errors = 0;
  for (const example of examples) {
    const messages = messagesOf(example);
    if (messages.length === 0) errors += 1;
    for (const message of messages) {
      if (!('role' in message) || !('content' in message)) errors += 1;
      if (Object.keys(message).some((key) => !keys.has(key))) errors += 1;
      if (typeof message.role !== 'string' || !roles.has(message.role)) errors += 1;
      if (typeof message.content !== 'string') errors += 1;
    }
    if (!messages.some(({ role }) => role === 'assistant')) errors += 1;
  }
  return errors;
}

const start = performance.now();
const startCpu = threadMs();
const examples: Example[] = [];
let bytes = 0;
for (const line of readFileSync(file, 'utf8').split('\n')) {
  if (line === '' || examples.length >= Number(most)) continue;
  bytes += Buffer.byteLength(line) + 1;
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) examples.push(value);
  } catch {}
}
const errors = formatErrors(examples);
const count = await createCounter();
const lengths: number[] = [];
const answers: number[] = [];
for (const example of examples) {
  let [tokens, answer] = [3, 0];
  for (const message of messagesOf(example)) {
    tokens += 3;
    for (const [key, value] of Object.entries(message)) {
      if (typeof value === 'string') tokens += count(value) + (key === 'name' ? 1 : 0);
    }
    if (message.role === 'assistant' && typeof message.content === 'string') answer += count(message.content);
  }
  lengths.push(tokens);
  answers.push(answer);
}
for (const values of [lengths, answers]) values.toSorted((a, b) => a - b);
const billed = lengths.reduce((sum, one) => sum + Math.min(16_385, one), 0);
console.log(
  JSON.stringify({ bytes, errors, billed, ms: performance.now() - start, cpuMs: threadMs() - startCpu }),
);
