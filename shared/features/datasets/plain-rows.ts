import { defaultExampleLimit } from './sft/sft.rules.ts';
import { labelOf, readFacts } from './example-facts.ts';
import { type PlainLines, plainRoles } from './plain-lines.ts';
import type { CountText } from '../../tokens/encodings.ts';
import { perConversation, perMessage } from '../../tokens/example-tokens.ts';

/** Bytes a row's hashes have: 32 of identity, 8 of the prompt's hash, 8 of the answer's. */
export const rowHashBytes = 48;

/** What a row of a part is about, of a line that is plain; the same as analyseExample answers for its value. */
export type PlainRows = {
  /** Takes a line of well-formed UTF-8; answers its messages, 0 when all rules have to look at it. */
  take(line: Uint8Array): number;
  /** Tokens of the line taken last. */
  tokens(): number;
  /** Tokens of its messages, as a list in JSON. */
  messageTokens(): string;
  label(): string | null;
  previews(): { prompt: string; answer: string };
  /** Writes its identity and the hashes of what it asks and answers. */
  writeHashes(into: Uint8Array, at: number): void;
  /** Writes the sketch of what it says; answers the UTF-16 length of that. */
  writeSketch(into: Uint32Array, at: number): number;
};

type Tools = {
  readonly countText: CountText;
  readonly hashBytes: (bytes: Uint8Array) => Uint8Array;
  /** Longest example a model reads, in tokens; the usual one when absent. */
  readonly exampleLimit?: number;
};

/** Plain lines as rows of a data set, counted by the tools' vocabulary. */
export function createPlainRows(lines: PlainLines, tools: Tools): PlainRows {
  const { countText, hashBytes, exampleLimit = defaultExampleLimit } = tools;
  const overhead = [0, ...plainRoles.map((role) => perMessage + countText(role))];
  let [messages, tokens] = [0, 0];
  const tokensOf = (message: number): number =>
    (overhead[lines.roleOf(message)] ?? 0) + lines.tokensOf(message);
  return {
    take(line) {
      messages = lines.take(line, 0, line.length);
      if (messages === 0) return 0;
      tokens = perConversation + lines.countTexts();
      for (let message = 0; message < messages; message += 1) tokens += overhead[lines.roleOf(message)] ?? 0;
      // Too long for a model is a finding.
      return tokens > exampleLimit ? 0 : messages;
    },
    tokens: () => tokens,
    messageTokens() {
      let list = `[${tokensOf(0)}`;
      for (let message = 1; message < messages; message += 1) list += `,${tokensOf(message)}`;
      return `${list}]`;
    },
    label() {
      const text = lines.labelText();
      return text === null ? null : labelOf({ content: text });
    },
    previews() {
      const all = Array.from({ length: messages }, (_, message) => ({
        role: plainRoles[lines.roleOf(message) - 1],
        content: lines.textOf(message),
      }));
      return readFacts({ messages: all }).texts.previews();
    },
    writeSketch: (into, at) => lines.sketch(into, at),
    writeHashes(into, at) {
      into.set(hashBytes(lines.canonical()), at);
      lines.hash(into, at + rowHashBytes - 16);
      // Without a question there is no prompt to share: the example stands for itself.
      if (messages === 1) into.copyWithin(at + rowHashBytes - 16, at, at + 8);
    },
  };
}
