import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysUntil, findModel, findPrice, pricedModels } from './catalogue.ts';
import { modelCatalogue, type Price, priceBook } from './costs.model.ts';
import { autoEpochs, trainingCost } from './costs.rules.ts';
import { formatMicroUsd, formatPrice, microUsdFor } from './money.ts';

const resource = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../resources/${name}`, import.meta.url), 'utf8'));
const book = priceBook.parse(resource('price-book.json'));
const catalogue = modelCatalogue.parse(resource('models.json'));

const perMillion = (microUsdPerUnit: number): Price => ({
  unit: '1M_tokens',
  microUsdPerUnit,
  source: 'test',
  retrievedOn: '2026-11-20',
  validFrom: null,
  validUntil: null,
});
const base = { provider: 'openai', model: 'm', method: 'supervised', limit: 65_536 } as const;

describe('the bill', () => {
  test('100 examples of 800 tokens, 3 epochs, gpt-4o at $25 per million', () => {
    const price = findPrice(book, {
      provider: 'openai',
      model: 'gpt-4o-2024-08-06',
      what: 'training',
      today: '2026-11-20',
    });
    const load = { kind: 'size', examples: 100, tokensPerExample: 800 } as const;
    const cost = trainingCost({ ...base, load, epochs: 3, price: price ?? perMillion(0) });
    // 100 × 800 = 80,000 per epoch; × 3 = 240,000 billed; 240,000 ÷ 1,000,000 × $25 = $6.00.
    expect(cost).toMatchObject({ tokensPerEpoch: 80_000, billedTokens: 240_000, totalMicroUsd: 6_000_000 });
    expect(cost.lines.map(({ formula, result }) => `${formula} = ${result}`)).toEqual([
      '100 examples × min(65,536, 800) = 80,000 tokens',
      '80,000 × 3 epochs = 240,000 tokens',
      '240,000 ÷ 1,000,000 × $25.00 = $6.00',
    ]);
  });

  test('over-long examples are billed to the limit, and what is cut is said', () => {
    const load = { kind: 'counts', tokenCounts: [65_536, 65_537, 100_000, 7] } as const;
    const cost = trainingCost({ ...base, load, epochs: 2, price: perMillion(3_000_000) });
    // 65,536 × 3 + 7 = 196,615 per epoch; cut 1 + 34,464 = 34,465; 393,230 × $3 / 1M = $1.17969.
    expect(cost).toMatchObject({
      examples: 4,
      tokensPerEpoch: 196_615,
      billedTokens: 393_230,
      truncatedExamples: 2,
      totalMicroUsd: 1_179_690,
    });
    expect(cost.lines[1]).toMatchObject({
      formula: '231,080 − 196,615 of 2 over-long examples',
      result: '34,465 tokens',
    });
  });

  test('hours are billed by the hour, tokens not at all', () => {
    const load = { kind: 'size', examples: 100, tokensPerExample: 500 } as const;
    const price: Price = { ...perMillion(100_000_000), unit: 'hour' };
    const cost = trainingCost({ ...base, method: 'reinforcement', load, epochs: 1, price, hours: 2.5 });
    expect(cost).toMatchObject({ billedTokens: 0, totalMicroUsd: 250_000_000 });
  });

  const counts = fc.array(fc.nat(200_000), { minLength: 1, maxLength: 50 });
  const epochs = fc.integer({ min: 1, max: 50 });
  const microUsd = fc.integer({ min: 0, max: 1_000_000_000 });
  const total = (tokenCounts: number[], n: number, unit: number): number =>
    trainingCost({ ...base, load: { kind: 'counts', tokenCounts }, epochs: n, price: perMillion(unit) })
      .totalMicroUsd;

  test('more tokens, more epochs or a higher price never cost less', () => {
    fc.assert(
      fc.property(counts, epochs, microUsd, (tokenCounts, n, unit) => {
        const cost = total(tokenCounts, n, unit);
        return (
          total([...tokenCounts, 1], n, unit) >= cost &&
          total(
            tokenCounts.map((tokens) => tokens + 1),
            n,
            unit,
          ) >= cost &&
          total(tokenCounts, n + 1, unit) >= cost &&
          total(tokenCounts, n, unit + 1) >= cost
        );
      }),
    );
  });

  test('the lines add up to the total and the order of examples does not matter', () => {
    fc.assert(
      fc.property(counts, epochs, microUsd, (tokenCounts, n, unit) => {
        const load = { kind: 'counts', tokenCounts } as const;
        const cost = trainingCost({ ...base, load, epochs: n, price: perMillion(unit) });
        const sum = cost.lines.reduce((microSum, one) => microSum + (one.microUsd ?? 0), 0);
        return sum === cost.totalMicroUsd && total(tokenCounts.toReversed(), n, unit) === cost.totalMicroUsd;
      }),
    );
  });

  test('a size typed in costs what as many equal examples cost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(100_000), (examples, tokensPerExample) => {
        const price = perMillion(25_000_000);
        const typed = trainingCost({
          ...base,
          load: { kind: 'size', examples, tokensPerExample },
          epochs: 'auto',
          price,
        });
        const tokenCounts = Array.from({ length: examples }, () => tokensPerExample);
        const counted = trainingCost({
          ...base,
          load: { kind: 'counts', tokenCounts },
          epochs: 'auto',
          price,
        });
        return typed.totalMicroUsd === counted.totalMicroUsd && typed.epochs === counted.epochs;
      }),
    );
  });
});

describe('money', () => {
  test('is rounded once, half up, and exact beyond 2^53', () => {
    expect(microUsdFor(1, 500_000)).toBe(1);
    expect(microUsdFor(1, 499_999)).toBe(0);
    // 1e12 tokens at $100 per million are 1e14 micro-USD; the product before the division is 1e20.
    expect(microUsdFor(1_000_000_000_000, 100_000_000)).toBe(100_000_000_000_000);
  });

  test.each([
    [0, '$0.00'],
    [6_000_000, '$6.00'],
    [1_234_567_890, '$1,234.57'],
    [125, '$0.000125'],
    [9_999, '$0.009999'],
  ])('%i micro-USD read %s', (microUsd, text) => {
    expect(formatMicroUsd(microUsd)).toBe(text);
  });

  test('a unit price is never rounded', () => {
    expect(formatPrice(1_875_000)).toBe('$1.875');
  });
});

describe('auto epochs', () => {
  test.each([
    // 3 × 10 = 30 < 100: ⌊100 ÷ 10⌋ = 10, as seen on real jobs.
    [10, 10],
    // 3 × 3 = 9 < 100: ⌊100 ÷ 3⌋ = 33, at most 25.
    [3, 25],
    [33, 3],
    [34, 3],
    [8_333, 3],
    // 3 × 8,334 = 25,002 > 25,000: ⌊25,000 ÷ 8,334⌋ = 2.
    [8_334, 2],
    [1_000_000, 1],
    [0, 3],
  ])('%i examples: %i', (examples, epochs) => {
    expect(autoEpochs(examples).epochs).toBe(epochs);
  });
});

describe('price book and catalogue', () => {
  test('every training price belongs to a model of the catalogue, and amounts are whole micro-USD', () => {
    for (const item of book.prices.filter((one) => one.what === 'training')) {
      expect(findModel(catalogue, { provider: item.provider, model: item.model }), item.model).not.toBeNull();
    }
    const keys = book.prices.map((one) => `${one.provider} ${one.model} ${one.what} ${one.validFrom}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('aliases and fine-tunes are found as their base', () => {
    const id = (provider: string, model: string) => findModel(catalogue, { provider, model })?.id;
    expect(id('openai', 'gpt-4o')).toBe('gpt-4o-2024-08-06');
    expect(id('openai', 'ft:gpt-4.1-mini-2025-04-14:acme:x:1')).toBe('gpt-4.1-mini-2025-04-14');
    expect(id('practice', 'ft:practice-ranker-1:lapidary:demo:1234')).toBe('practice-ranker-1');
    expect(id('openai', 'gpt-6-luna')).toBeUndefined();
  });

  test('the price that holds today wins; when all ended, the one that ended last', () => {
    const item = { provider: 'p', model: 'm', what: 'training', ...perMillion(1) } as const;
    const dated = (microUsdPerUnit: number, validFrom: string | null, validUntil: string | null) => ({
      ...item,
      microUsdPerUnit,
      validFrom,
      validUntil,
    });
    const prices = [
      dated(3, '2027-02-01', null),
      dated(1, null, '2026-06-30'),
      dated(2, '2026-07-01', '2027-01-06'),
    ];
    const on = (today: string) =>
      findPrice({ currency: 'USD', prices }, { provider: 'p', model: 'm', what: 'training', today })
        ?.microUsdPerUnit;
    expect([on('2026-06-30'), on('2026-07-01'), on('2027-01-10'), on('2027-02-01')]).toEqual([1, 2, 2, 3]);
  });

  test('days left are counted in whole days', () => {
    expect(daysUntil('2027-01-14', '2026-11-20')).toBe(55);
    expect(daysUntil('2026-10-23', '2026-11-20')).toBe(-28);
    expect(daysUntil(null, '2026-11-20')).toBeNull();
    const mini = pricedModels({ catalogue, book, today: '2026-11-20' }).find((one) =>
      one.id.includes('4o-mini'),
    );
    expect(mini).toMatchObject({
      daysLeft: 55,
      trainingDaysLeft: 47,
      trainingPrice: { microUsdPerUnit: 3_000_000 },
    });
  });
});
