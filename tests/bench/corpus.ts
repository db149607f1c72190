import { closeSync, openSync, writeSync } from 'node:fs';
import { createPersonal, type Personal } from './corpus-personal.ts';
import { createTextSource, type TextSource } from './corpus-text.ts';
import { createRandom } from './random.ts';

/*
 * The seeded corpus every bench reads: chat examples of about 1.2 kB in 19 languages, with code, tools and escapes, and
 * planted duplicates, faults and personal data. Run: node tests/bench/corpus.ts FILE [examples] [seed]
 */

/** What was planted in one line (counted from 1); a corpus's truth file is one of these a line. */
export type Planted = { readonly line: number } & (
  | {
      readonly kind: 'duplicate' | 'near';
      readonly of: number /** Share of the words. */;
      readonly changed: number;
    }
  | { readonly kind: 'personal'; readonly found: readonly Personal[] }
  | { readonly kind: 'invalid'; readonly fault: string }
  | { readonly kind: 'broken' }
);

type Message = { role: string; content: string | null; [field: string]: unknown };
type Example = { messages: Message[]; [field: string]: unknown };

/** Shares of the lines: what is planted, and what an example has. */
const shares = { duplicate: 0.03, near: 0.05, personal: 0.027, invalid: 0.02, broken: 0.002 };
const has = { system: 0.6, secondTurn: 0.3, code: 0.2, tools: 0.04, escapes: 0.07, label: 0.15 };
/** Earlier examples that can come again. */
const remembered = 4096;
const flushUnits = 1 << 20;

/** Writes `count` examples to `path`, and what was planted to `${path}.truth` when asked; answers the size in bytes. */
export function writeCorpus(path: string, count: number, options: { seed: number; truth?: boolean }): number {
  const out = createWriter(path);
  const truth = options.truth ? createWriter(`${path}.truth`) : null;
  const lines = createLines(options.seed);
  for (let line = 1; line <= count; line += 1) {
    const { text, planted } = lines(line);
    out.add(text);
    if (planted) truth?.add(JSON.stringify(planted));
  }
  truth?.close();
  return out.close();
}

function createWriter(path: string) {
  const file = openSync(path, 'w');
  let [waiting, sizeBytes] = ['', 0];
  const flush = (): void => {
    sizeBytes += writeSync(file, waiting);
    waiting = '';
  };
  return {
    add(line: string): void {
      waiting += `${line}\n`;
      if (waiting.length > flushUnits) flush();
    },
    close(): number {
      flush();
      closeSync(file);
      return sizeBytes;
    },
  };
}

/** The lines of a corpus, one after the other. */
export function createLines(seed: number): (line: number) => { text: string; planted: Planted | null } {
  const random = createRandom(seed);
  const source = createTextSource(random);
  const personal = createPersonal(random);
  const make = createExamples(source, random);
  const earlier: { line: number; text: string; example: Example }[] = [];
  const keep = (line: number, example: Example): string => {
    const text = write(example, random() < has.escapes);
    const place = earlier.length < remembered ? earlier.length : source.below(remembered * 8);
    if (place < remembered) earlier[place] = { line, text, example };
    return text;
  };
  return (line) => {
    const before = earlier[source.below(earlier.length)];
    const isPlanted = createDraw(random());
    if (before && isPlanted(shares.duplicate))
      return { text: before.text, planted: { line, kind: 'duplicate', of: before.line, changed: 0 } };
    if (before && isPlanted(shares.near)) {
      const changed = 0.005 + random() * 0.06;
      const example = mapContents(before.example, (text) => source.reworded(text, changed));
      const text = write(example, false);
      // In a short text it may happen that no word was drawn.
      const kind = text === before.text ? 'duplicate' : 'near';
      return { text, planted: { line, kind, of: before.line, changed } };
    }
    const example = make(line);
    if (isPlanted(shares.personal)) {
      const found = Array.from({ length: 1 + source.below(2) }, personal);
      const places = found.map(({ value }) => value).join(' and ');
      const turn = example.messages.find(({ role }) => role === 'user');
      if (turn) turn.content = `${turn.content} You can reach me at ${places}.`;
      return { text: write(example, false), planted: { line, kind: 'personal', found } };
    }
    if (isPlanted(shares.invalid)) {
      const [fault, spoiled] = source.pick(faults);
      return { text: write(spoiled(example), false), planted: { line, kind: 'invalid', fault } };
    }
    if (isPlanted(shares.broken)) {
      const text = write(example, false);
      return { text: text.slice(0, Math.floor(text.length * 0.7)), planted: { line, kind: 'broken' } };
    }
    return { text: keep(line, example), planted: null };
  };
}

/** Cuts one number in [0, 1) into shares: true for the share it falls into. */
function createDraw(drawn: number): (share: number) => boolean {
  let left = drawn;
  return (share) => {
    left -= share;
    return left < 0 && left >= -share;
  };
}

const faults: readonly (readonly [string, (example: Example) => Example])[] = [
  ['unknown key', (example) => ({ ...example, note: 'extra' })],
  [
    'ends with the user',
    ({ messages }) => ({ messages: [...messages, { role: 'user', content: 'and now?' }] }),
  ],
  [
    'unknown role',
    ({ messages: [first, ...rest] }) => ({ messages: [{ content: '', ...first, role: 'robot' }, ...rest] }),
  ],
  [
    'no content',
    ({ messages }) => ({ messages: [...messages.slice(0, -1), { role: 'assistant', content: null }] }),
  ],
  ['no messages', (example) => ({ ...example, messages: [] })],
];

function mapContents(example: Example, change: (text: string) => string): Example {
  const messages = example.messages.map((message) =>
    message.content === null || message.role === 'system'
      ? message
      : { ...message, content: change(message.content) },
  );
  return { ...example, messages };
}

const labels = ['billing', 'shipping', 'returns', 'account', 'technical', 'other'];

function createExamples(source: TextSource, random: () => number): (line: number) => Example {
  const systems = Array.from({ length: 60 }, () => source.paragraph(source.language(), 1 + source.below(4)));
  return () => {
    const language = source.language();
    const messages: Message[] = [];
    if (random() < has.system) messages.push({ role: 'system', content: source.pick(systems) });
    const turns = random() < has.secondTurn ? 2 + source.below(3) : 1;
    for (let turn = 0; turn < turns; turn += 1) {
      const size = 1 + Math.floor(random() ** 2 * 8);
      const code = random() < has.code ? `\n\n${source.code(2 + source.below(12))}\n` : '';
      messages.push({ role: 'user', content: source.paragraph(language, size) + code });
      const answer =
        random() < has.label ? source.pick(labels) : source.paragraph(language, 1 + source.below(5));
      messages.push({ role: 'assistant', content: answer });
    }
    return random() < has.tools ? withTools(messages, source) : { messages };
  };
}

function withTools(messages: Message[], source: TextSource): Example {
  const [name, id] = [`look_up_${source.pick(labels)}`, `call_${source.novel()}`];
  const text = JSON.stringify({ order: source.below(1e9), query: source.novel() });
  const calls = [{ id, type: 'function', function: { name, arguments: text } }];
  const answer = messages.pop() as Message;
  messages.push({ role: 'assistant', content: null, tool_calls: calls });
  messages.push(
    { role: 'tool', tool_call_id: id, content: JSON.stringify({ status: source.novel() }) },
    answer,
  );
  const properties = { order: { type: 'integer' }, query: { type: 'string' } };
  const parameters = { type: 'object', properties, required: ['order'], additionalProperties: false };
  return {
    messages,
    tools: [{ type: 'function', function: { name, description: 'Looks up.', parameters } }],
  };
}

function write(example: Example, isEscaped: boolean): string {
  const text = JSON.stringify(example);
  if (!isEscaped) return text;
  return text.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

if (import.meta.main) {
  const [, , path = 'corpus.jsonl', count = '100000', seed = '42'] = process.argv;
  console.log(writeCorpus(path, Number(count), { seed: Number(seed), truth: true }));
}
