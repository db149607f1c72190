import { closeSync, openSync, readSync } from 'node:fs';
import { createTokenCounters } from '../../electron/adapters/tokens/token-counters.ts';
import { threadMs } from './figures.ts';
import { createRandom } from './random.ts';

/** What one cold run counted. */
export type Counted = { loadMs: number; ms: number; sizeBytes: number; counts: number[] };

/** Each opens its vocabulary and answers how it counts. */
const libraries = {
  ours: async () => createTokenCounters().counter('o200k_base'),
  twin: async () => createTokenCounters(() => null).counter('o200k_base'),
  'gpt-tokenizer': async () => {
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
    const options = { disallowedSpecial: new Set<string>() };
    return (text: string) => countTokens(text, options);
  },
  'js-tiktoken': async () => {
    const { getEncoding } = await import('js-tiktoken');
    const encoding = getEncoding('o200k_base');
    return (text: string) => encoding.encode(text, [], []).length;
  },
};
type Name = keyof typeof libraries;

export const counterNames = Object.keys(libraries) as Name[];

/** The contents of a corpus's messages, as many as make `megabytes` of UTF-8. */
export function readTexts(path: string, megabytes: number): { texts: string[]; sizeBytes: number } {
  const texts: string[] = [];
  let sizeBytes = 0;
  for (const line of readStart(path, megabytes * 2e6)
    .split('\n')
    .slice(0, -1)) {
    for (const text of contentsOf(line)) {
      if (sizeBytes >= megabytes * 1e6) return { texts, sizeBytes };
      texts.push(text);
      sizeBytes += Buffer.byteLength(text);
    }
  }
  return { texts, sizeBytes };
}

function readStart(path: string, bytes: number): string {
  const buffer = Buffer.alloc(bytes);
  const file = openSync(path, 'r');
  const size = readSync(file, buffer, 0, bytes, 0);
  closeSync(file);
  return buffer.toString('utf8', 0, size);
}

function contentsOf(line: string): string[] {
  try {
    const { messages } = JSON.parse(line) as { messages: { content: unknown }[] };
    return messages.flatMap(({ content }) => (typeof content === 'string' ? [content] : []));
  } catch {
    return [];
  }
}

/** Letters drawn at random, without a break. */
export function randomLetters(count: number): string {
  const random = createRandom(5);
  const codes = Uint8Array.from({ length: count }, () => 97 + Math.floor(random() * 26));
  return Buffer.from(codes).toString('latin1');
}

async function countCold(name: Name, path: string, megabytes: number): Promise<Counted> {
  const { texts, sizeBytes } = readTexts(path, megabytes);
  const start = threadMs();
  const count = await libraries[name]();
  count('one');
  const opened = threadMs();
  const counts = texts.map(count);
  return { loadMs: opened - start, ms: threadMs() - opened, sizeBytes, counts };
}

if (import.meta.main) {
  const [, , name, path = '', megabytes] = process.argv;
  process.stdout.write(JSON.stringify(await countCold(name as Name, path, Number(megabytes))));
}
