import { dayOf, daysUntil, findPrice } from '../../shared/features/costs/catalogue.ts';
import type {
  CatalogueModel,
  CostEstimate,
  Price,
  TrainingMethod,
} from '../../shared/features/costs/costs.model.ts';
import { type TokenLoad, trainingCost } from '../../shared/features/costs/costs.rules.ts';
import { formatMicroUsd, formatPrice } from '../../shared/features/costs/money.ts';
import type { CostOutput } from '../../shared/terminal/terminal-output.ts';
import { createChecker } from '../core/create-checker.ts';
import { readCatalogue, requireModel } from './catalogue.ts';
import {
  type Command,
  exitCodes,
  onlyFile,
  readArguments,
  readInteger,
  type Surroundings,
  Unusable,
  wrongUsage,
} from './command.ts';
import { readingFile, showReading } from './input-file.ts';

const methods = { sft: 'supervised', dpo: 'dpo', rft: 'reinforcement' } as const satisfies Record<
  string,
  TrainingMethod
>;
type Method = keyof typeof methods;

const options = {
  model: { type: 'string', short: 'm' },
  provider: { type: 'string', default: 'openai' },
  method: { type: 'string', default: 'sft' },
  epochs: { type: 'string', default: 'auto' },
  examples: { type: 'string' },
  'tokens-per-example': { type: 'string' },
  hours: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const help = `What training would cost, from the dated prices that ship with Lapidary. Nothing is sent.

Usage: lapidary cost FILE --model M [OPTIONS]
       lapidary cost --examples N --tokens-per-example T --model M [OPTIONS]

  -m, --model M              Model to train, e.g. gpt-4o-2024-08-06
      --provider P           Whose price: openai (default) or practice
      --method METHOD        sft (default), dpo or rft; a FILE is counted for sft
      --epochs N             1 to 50, or auto (default): the platform's rule of thumb
      --examples N           Number of examples, instead of a FILE
      --tokens-per-example T Tokens of each of them
      --hours H              Hours of training, for rft, which is billed by the hour
      --json                 One JSON object instead of text

Training price = sum of min(limit, tokens) × epochs × price, rounded half up to a millionth of a dollar.

JSON: { provider, model, method, examples, epochs, tokensPerEpoch, billedTokens, totalMicroUsd,
        price: { unit: "1M_tokens"|"hour", microUsdPerUnit, source, retrievedOn, validFrom, validUntil } }`;

/** `lapidary cost`: the price of a training run, with its arithmetic. */
export const costCommand: Command = { help, run };

type Wish = { provider: string; method: Method; model: CatalogueModel; price: Price };

async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const wish = readWish({ provider: values.provider, method: values.method, model: values.model });
  const epochs =
    values.epochs === 'auto' ? 'auto' : (readInteger('epochs', values.epochs, { min: 1, max: 50 }) ?? 'auto');
  const load = readLoad({ values, file: onlyFile(positionals), wish }, surroundings);
  const hours = readHours(values.hours, wish.price);
  const estimate = trainingCost({
    provider: wish.provider,
    model: wish.model.id,
    method: methods[wish.method],
    load,
    epochs,
    limit: wish.model.exampleTokens,
    price: wish.price,
    ...(hours === undefined ? {} : { hours }),
  });
  const { terminal } = surroundings;
  if (values.json) await terminal.out(JSON.stringify(toOutput(estimate, wish.method)));
  else await printBill(estimate, wish, surroundings);
  return exitCodes.fine;
}

function readWish(asked: { provider: string; method: string; model: string | undefined }): Wish {
  if (!asked.model) throw wrongUsage('--model is needed, e.g. --model gpt-4o-2024-08-06');
  if (!Object.hasOwn(methods, asked.method)) {
    throw wrongUsage(`--method is sft, dpo or rft, not “${asked.method}”`);
  }
  const method = asked.method as Method;
  const { catalogue, book } = readCatalogue();
  const model = requireModel(catalogue, { provider: asked.provider, model: asked.model });
  if (!model.methods.includes(methods[method])) {
    const own = Object.entries(methods).filter(([, one]) => model.methods.includes(one));
    throw wrongUsage(
      `${model.name} is not trained by ${method} (only ${own.map(([name]) => name).join(', ')})`,
    );
  }
  const today = dayOf(Date.now());
  const price = findPrice(book, { provider: asked.provider, model: model.id, what: 'training', today });
  if (!price) throw wrongUsage(`No training price is on file for ${asked.model} at ${asked.provider}`);
  return { provider: asked.provider, method, model, price };
}

type Asked = {
  values: { examples?: string | undefined; 'tokens-per-example'?: string | undefined };
  file: string | undefined;
  wish: Wish;
};

function readLoad({ values, file, wish }: Asked, surroundings: Surroundings): TokenLoad {
  const whole = { min: 1, max: 1_000_000_000 };
  const examples = readInteger('examples', values.examples, whole);
  const tokensPerExample = readInteger('tokens-per-example', values['tokens-per-example'], whole);
  const hasSize = examples !== undefined || tokensPerExample !== undefined;
  if (file !== undefined) {
    if (hasSize) throw wrongUsage('Give a FILE, or --examples and --tokens-per-example, not both');
    if (wish.method !== 'sft') {
      throw wrongUsage(
        `A FILE is counted for sft; for ${wish.method} give --examples and --tokens-per-example`,
      );
    }
    return { kind: 'counts', tokenCounts: countFile(file, wish.model, surroundings) };
  }
  if (examples !== undefined && tokensPerExample !== undefined)
    return { kind: 'size', examples, tokensPerExample };
  if (wish.price.unit === 'hour' && !hasSize) return { kind: 'counts', tokenCounts: [] };
  throw wrongUsage('Give a FILE, or both --examples N and --tokens-per-example T');
}

function readHours(text: string | undefined, price: Price): number | undefined {
  if (price.unit !== 'hour') {
    if (text !== undefined) throw wrongUsage('--hours is for models billed by the hour');
    return undefined;
  }
  const hours = Number(text);
  if (text === undefined || !Number.isFinite(hours) || hours <= 0) {
    throw wrongUsage('This training is billed by the hour; say how long with --hours H');
  }
  return hours;
}

function countFile(file: string, model: CatalogueModel, surroundings: Surroundings): number[] {
  const checker = createChecker();
  const { tokenCounts, quarantined } = readingFile(file, () =>
    checker.count(file, {
      model: model.id,
      encoding: model.encoding,
      limit: model.exampleTokens,
      onProgress: (read, total) => showReading(surroundings, file, { read, total }),
    }),
  );
  checker.free();
  if (tokenCounts.length === 0) throw new Unusable(`${file} holds no example that can be counted`);
  if (quarantined > 0) {
    surroundings.terminal.note(
      `${quarantined} line(s) are no examples and were left out; lapidary check ${file} names them.`,
    );
  }
  return tokenCounts;
}

function toOutput(estimate: CostEstimate, method: Method): CostOutput {
  const { provider, model, examples, epochs, tokensPerEpoch, billedTokens, totalMicroUsd, price } = estimate;
  return { provider, model, method, examples, epochs, tokensPerEpoch, billedTokens, totalMicroUsd, price };
}

async function printBill(estimate: CostEstimate, wish: Wish, { terminal }: Surroundings): Promise<void> {
  const { price, lines } = estimate;
  const labelWidth = Math.max(...lines.map(({ label }) => label.length));
  const formulaWidth = Math.max(...lines.map(({ formula }) => formula.length));
  const title = `Training ${estimate.model} (${wish.method}, ${wish.provider})`;
  await terminal.out(`${terminal.style('bold', title)}\n`);
  for (const { label, formula, result } of lines) {
    await terminal.out(
      `  ${label.padEnd(labelWidth)}  ${terminal.style('dim', formula.padEnd(formulaWidth))}  = ${result}`,
    );
  }
  const unit = price.unit === 'hour' ? 'hour' : 'million tokens';
  await terminal.out(`\n  ${terminal.style('bold', formatMicroUsd(estimate.totalMicroUsd))}`);
  await terminal.out(`\n  Price   ${formatPrice(price.microUsdPerUnit)} per ${unit}`);
  await terminal.out(`  Source  ${price.source}, read ${price.retrievedOn}`);
  for (const line of endings(wish.model)) await terminal.out(`  ${terminal.style('yellow', line)}`);
}

function endings(model: CatalogueModel): string[] {
  const today = dayOf(Date.now());
  const say = (what: string, day: string | null): string[] => {
    const left = daysUntil(day, today);
    if (day === null || left === null) return [];
    if (left < 0) return [`${what} ended on ${day}, ${-left} day(s) ago.`];
    return [`${what} ends on ${day}, in ${left} day(s).`];
  };
  return [
    ...say('Training of this model', model.trainingEndsOn),
    ...say('The model itself', model.shutdownDate),
  ];
}
