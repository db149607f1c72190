import type { CountText } from '../../tokens/encodings.ts';
import { countExample } from '../../tokens/example-tokens.ts';
import { canonicalLine, canonicalText } from './canonical-json.ts';
import { contentHash } from './content-hash.ts';
import { type ExampleFacts, readFacts } from './example-facts.ts';
import type { JsonObject } from './read-line.ts';
import type { ExampleFinding, SchemaChecker } from './sft/check-context.ts';
import { checkLength, checkSftExample, defaultExampleLimit } from './sft/sft.rules.ts';

/** The model whose token rules the stored counts follow; its vocabulary (o200k_base) is that of all trainable models. */
export const referenceModel = 'gpt-4o-2024-08-06';

/** What the analysis of an example needs from outside; `hash` is SHA-256 of the text's UTF-8 bytes. */
export type AnalysisTools = {
  readonly schemas: SchemaChecker;
  readonly countText: CountText;
  readonly hash: (text: string) => Uint8Array;
  /** Model and longest example it reads, in tokens; the usual ones when absent. */
  readonly model?: { readonly id: string; readonly exampleLimit: number };
};

/** Everything that is worked out about an example when it comes in or changes. */
export type Analysis = {
  readonly facts: ExampleFacts;
  readonly findings: readonly ExampleFinding[];
  /** Tokens with pictures, as the model counts them, and without. */
  readonly tokens: {
    readonly total: number;
    readonly withoutImages: number;
    readonly perMessage: readonly number[];
  };
  /** SHA-256 of the example's RFC 8785 form. */
  readonly identity: Uint8Array;
  /** 8 bytes each, equal for examples that ask, or answer, the same. */
  readonly promptHash: Uint8Array;
  readonly answerHash: Uint8Array;
};

/** SHA-256 of an example's RFC 8785 form; `line` is the text it was parsed from, if it was taken from a file. */
export function identityOf(
  example: JsonObject,
  tools: Pick<AnalysisTools, 'hash'>,
  line?: string,
): Uint8Array {
  return tools.hash(line === undefined ? canonicalText(example) : canonicalLine(example, line));
}

/** Checks, counts and hashes one example; `line` is the text it was parsed from, if it was taken from a file. */
export function analyseExample(example: JsonObject, tools: AnalysisTools, line?: string): Analysis {
  const model = tools.model ?? { id: referenceModel, exampleLimit: defaultExampleLimit };
  const facts = readFacts(example);
  const counted = countExample(example, { model: model.id, countText: tools.countText });
  const tooLong = checkLength(counted.total, model.exampleLimit);
  const identity = identityOf(example, tools, line);
  const findings = checkSftExample(example, tools.schemas);
  return {
    facts,
    findings: tooLong ? [...findings, tooLong] : findings,
    tokens: {
      total: counted.total,
      withoutImages: counted.total - counted.images,
      perMessage: counted.messages,
    },
    identity,
    // Without a question and an answer there is no prompt to share: the example stands for itself.
    promptHash: facts.isPair ? contentHash(facts.promptKey) : identity.subarray(0, 8),
    answerHash: contentHash(facts.answerKey),
  };
}
