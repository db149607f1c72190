import { countExample } from '../../tokens/example-tokens.ts';
import {
  type Analysis,
  type AnalysisTools,
  analyseExample,
  referenceModel,
  identityOf,
} from './analyse-example.ts';
import { contentHash } from './content-hash.ts';
import { readPairFacts } from './dpo/pair-facts.ts';
import { checkDpoExample } from './dpo/dpo.rules.ts';
import { toPreferencePair } from './dpo/preference-keys.ts';
import { type ExampleFacts, readFacts } from './example-facts.ts';
import type { Method } from './datasets.model.ts';
import type { JsonObject } from './read-line.ts';
import { readItemFacts } from './rft/item-facts.ts';
import { checkRftExample } from './rft/rft.rules.ts';
import { type ExampleFinding, isObject } from './sft/check-context.ts';
import { checkLength, defaultExampleLimit } from './sft/sft.rules.ts';

/** Checks, counts and hashes one example by its method's rules; `line` as in analyseExample. */
export type AnalyseExample = (example: JsonObject, tools: AnalysisTools, line?: string) => Analysis;

const analysers: Readonly<Record<Method, AnalyseExample>> = {
  sft: analyseExample,
  dpo: analysePair,
  rft: analyseItem,
};

/** The analysis for a method; choose it once, outside of the loop over the rows. */
export function analyserOf(method: Method): AnalyseExample {
  return analysers[method];
}

/** The facts of an example by its method's rules. */
export function factsOf(method: Method, example: JsonObject): ExampleFacts {
  if (method === 'dpo') return readPairFacts(asPair(example));
  return method === 'rft' ? readItemFacts(example) : readFacts(example);
}

/** A pair in another spelling is shown and counted as what it says; its keys are a finding. */
function asPair(example: JsonObject): JsonObject {
  const isSpelledRight = Object.hasOwn(example, 'preferred_output') && isObject(example.input);
  return isSpelledRight ? example : (toPreferencePair(example) ?? example);
}

function analysePair(example: JsonObject, tools: AnalysisTools, line?: string): Analysis {
  const pair = asPair(example);
  const counted = countPair(pair, tools);
  const findings = checkDpoExample(example, tools.schemas);
  const longest = checkLength(counted.longest, limitOf(tools));
  return analysis(identityOf(example, tools, line), {
    facts: readPairFacts(pair),
    findings: longest ? [...findings, longest] : findings,
    tokens: counted.tokens,
  });
}

function analyseItem(example: JsonObject, tools: AnalysisTools, line?: string): Analysis {
  const counted = countExample(
    { messages: example.messages, tools: example.tools },
    { model: tools.model?.id ?? referenceModel, countText: tools.countText },
  );
  const findings = checkRftExample(example, tools.schemas);
  const tooLong = checkLength(counted.total, limitOf(tools));
  return analysis(identityOf(example, tools, line), {
    facts: readItemFacts(example),
    findings: tooLong ? [...findings, tooLong] : findings,
    tokens: {
      total: counted.total,
      withoutImages: counted.total - counted.images,
      perMessage: counted.messages,
    },
  });
}

function limitOf(tools: AnalysisTools): number {
  return tools.model?.exampleLimit ?? defaultExampleLimit;
}

type Parts = { facts: ExampleFacts; findings: readonly ExampleFinding[]; tokens: Analysis['tokens'] };

function analysis(identity: Uint8Array, parts: Parts): Analysis {
  const { facts } = parts;
  return {
    ...parts,
    identity,
    promptHash: facts.isPair ? contentHash(facts.promptKey) : identity.subarray(0, 8),
    answerHash: contentHash(facts.answerKey),
  };
}

/**
 * Tokens of a pair: prompt and tools once, then both answers, as training counts the file (platform reference 4.3). The
 * longest sequence a model reads is the prompt with the longer answer.
 */
function countPair(
  example: JsonObject,
  tools: AnalysisTools,
): { tokens: Analysis['tokens']; longest: number } {
  const counting = { model: tools.model?.id ?? referenceModel, countText: tools.countText };
  const input = isObject(example.input) ? example.input : {};
  const prompt = countExample(input, counting);
  const sides = [example.preferred_output, example.non_preferred_output].map(
    (side) => countExample({ messages: side }, counting).messages,
  );
  const lengths = sides.map((messages) => messages.reduce((sum, one) => sum + one, 0));
  const total = prompt.total + lengths.reduce((sum, one) => sum + one, 0);
  return {
    tokens: {
      total,
      withoutImages: total - prompt.images,
      perMessage: [...prompt.messages, ...sides.flat()],
    },
    longest: prompt.total + Math.max(0, ...lengths),
  };
}
