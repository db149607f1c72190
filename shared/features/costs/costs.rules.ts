import type { CostEstimate, CostLine, EpochChoice, Price, TrainingMethod } from './costs.model.ts';
import { formatMicroUsd, formatPrice, grouped, microUsdFor } from './money.ts';

const targetEpochs = 3;
const minTargetExamples = 100;
const maxTargetExamples = 25_000;
const minEpochs = 1;
const maxEpochs = 25;

/** What "auto" epochs become, and the words that say why. */
export type AutoEpochs = { epochs: number; reason: string };

/**
 * The platform's published rule of thumb for epochs (its fine-tuning data preparation notebook, platform reference 5.5):
 * 3, more when the data is so small that fewer than 100 examples would be seen, fewer above 25,000.
 */
export function autoEpochs(examples: number): AutoEpochs {
  const seen = examples * targetEpochs;
  if (examples > 0 && seen < minTargetExamples) {
    const epochs = Math.min(maxEpochs, Math.floor(minTargetExamples / examples));
    return {
      epochs,
      reason: `min(25, ⌊100 ÷ ${grouped(examples)}⌋), because 3 × ${grouped(examples)} < 100`,
    };
  }
  if (seen > maxTargetExamples) {
    const epochs = Math.max(minEpochs, Math.floor(maxTargetExamples / examples));
    return {
      epochs,
      reason: `max(1, ⌊25,000 ÷ ${grouped(examples)}⌋), because 3 × ${grouped(examples)} > 25,000`,
    };
  }
  return { epochs: targetEpochs, reason: 'the usual 3, because 100 to 25,000 examples are seen' };
}

/** Sizes of the examples: one count each, or so many of the same size. */
export type TokenLoad =
  | { kind: 'counts'; tokenCounts: readonly number[] }
  | { kind: 'size'; examples: number; tokensPerExample: number };

/** Everything a bill depends on; `limit` is the model's tokens per example, null when there is none. */
export type TrainingCostInput = {
  provider: string;
  model: string;
  method: TrainingMethod;
  load: TokenLoad;
  epochs: EpochChoice;
  limit: number | null;
  price: Price;
  /** Hours in the training loop; needed for, and only used by, prices per hour. */
  hours?: number;
};

type Counted = {
  examples: number;
  tokensPerEpoch: number;
  tokensInFile: number;
  truncated: number;
  formula: string;
};

/** The bill for one training run, each step of the arithmetic as a line; the total is rounded once, half up. */
export function trainingCost(input: TrainingCostInput): CostEstimate {
  return input.price.unit === 'hour' ? costByHour(input) : costByTokens(input);
}

function costByTokens(input: TrainingCostInput): CostEstimate {
  const counted = countLoad(input.load, input.limit);
  const auto = input.epochs === 'auto' ? autoEpochs(counted.examples) : null;
  const epochs = auto?.epochs ?? Number(input.epochs);
  const billedTokens = counted.tokensPerEpoch * epochs;
  const totalMicroUsd = microUsdFor(billedTokens, input.price.microUsdPerUnit);
  const { tokensPerEpoch, truncated, examples } = counted;
  const cut = counted.tokensInFile - tokensPerEpoch;
  const lines: CostLine[] = [
    line('Tokens per epoch', counted.formula, `${grouped(tokensPerEpoch)} tokens`),
    ...(truncated > 0
      ? [line('Cut off, not trained', cutFormula(counted, cut), `${grouped(cut)} tokens`)]
      : []),
    ...(auto ? [line('Epochs (auto)', auto.reason, grouped(epochs))] : []),
    line(
      'Tokens billed',
      `${grouped(tokensPerEpoch)} × ${epochs} ${plural(epochs, 'epoch')}`,
      `${grouped(billedTokens)} tokens`,
    ),
    {
      label: 'Training',
      formula: `${grouped(billedTokens)} ÷ 1,000,000 × ${formatPrice(input.price.microUsdPerUnit)}`,
      result: formatMicroUsd(totalMicroUsd),
      microUsd: totalMicroUsd,
    },
  ];
  return {
    ...identity(input),
    examples,
    epochs,
    tokensPerEpoch,
    billedTokens,
    truncatedExamples: truncated,
    totalMicroUsd,
    lines,
  };
}

/** Reinforcement training is billed by the hour in the training loop; tokens are not billed. */
function costByHour(input: TrainingCostInput): CostEstimate {
  const counted = countLoad(input.load, input.limit);
  const epochs = input.epochs === 'auto' ? autoEpochs(counted.examples).epochs : input.epochs;
  const hours = input.hours ?? 0;
  const totalMicroUsd = Math.round(hours * input.price.microUsdPerUnit);
  return {
    ...identity(input),
    examples: counted.examples,
    epochs,
    tokensPerEpoch: counted.tokensPerEpoch,
    billedTokens: 0,
    truncatedExamples: counted.truncated,
    totalMicroUsd,
    lines: [
      {
        label: 'Training',
        formula: `${hours} ${plural(hours, 'hour')} × ${formatPrice(input.price.microUsdPerUnit)}`,
        result: formatMicroUsd(totalMicroUsd),
        microUsd: totalMicroUsd,
      },
    ],
  };
}

function identity(input: TrainingCostInput): Pick<CostEstimate, 'provider' | 'model' | 'method' | 'price'> {
  return { provider: input.provider, model: input.model, method: input.method, price: input.price };
}

function countLoad(load: TokenLoad, limit: number | null): Counted {
  const cap = limit ?? Number.POSITIVE_INFINITY;
  const bound = limit === null ? '' : `min(${grouped(limit)}, `;
  if (load.kind === 'size') {
    const { examples, tokensPerExample } = load;
    const inner = limit === null ? grouped(tokensPerExample) : `${bound}${grouped(tokensPerExample)})`;
    return {
      examples,
      tokensPerEpoch: examples * Math.min(cap, tokensPerExample),
      tokensInFile: examples * tokensPerExample,
      truncated: tokensPerExample > cap ? examples : 0,
      formula: `${grouped(examples)} ${plural(examples, 'example')} × ${inner}`,
    };
  }
  let [tokensPerEpoch, tokensInFile, truncated] = [0, 0, 0];
  for (const tokens of load.tokenCounts) {
    tokensInFile += tokens;
    tokensPerEpoch += Math.min(cap, tokens);
    if (tokens > cap) truncated += 1;
  }
  const examples = load.tokenCounts.length;
  const inner = limit === null ? 'tokens' : `${bound}tokens)`;
  const formula = `Σ ${inner} over ${grouped(examples)} ${plural(examples, 'example')}`;
  return { examples, tokensPerEpoch, tokensInFile, truncated, formula };
}

function cutFormula(counted: Counted, cut: number): string {
  const { truncated, tokensInFile } = counted;
  const which = `${grouped(truncated)} over-long ${plural(truncated, 'example')}`;
  return `${grouped(tokensInFile)} − ${grouped(tokensInFile - cut)} of ${which}`;
}

function line(label: string, formula: string, result: string): CostLine {
  return { label, formula, result, microUsd: null };
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
