import { describe, expect, test } from 'vitest';
import { shippedRules } from '../../../tests/helpers/provider-rules.ts';
import type { CatalogueModel } from '../costs/costs.model.ts';
import type { ReadinessFacts } from './readiness.model.ts';
import type { ReadinessInput } from './readiness-line.ts';
import { readinessLines, verdictOf } from './readiness.rules.ts';

const facts: ReadinessFacts = {
  datasetId: 'd',
  name: 'Tickets',
  method: 'sft',
  exampleCount: 100,
  quarantinedCount: 0,
  sourceBytes: 10_000,
  tokenTotal: 5000,
  longestTokens: 80,
  withImages: 0,
  imageCounts: [],
  splits: { train: 80, validation: 20, test: 0, unassigned: 0 },
  findings: [],
  marks: [],
  duplicates: 0,
  conflicts: 0,
  look: 'fresh',
  whole: [],
  grader: null,
};
const model: CatalogueModel = {
  provider: 'openai',
  id: 'model-1',
  name: 'Model 1',
  aliases: [],
  methods: ['supervised', 'dpo', 'reinforcement'],
  acceptsImages: false,
  encoding: 'o200k_base',
  contextTokens: null,
  exampleTokens: 65_536,
  trainingEndsOn: null,
  shutdownDate: null,
  replacement: null,
  source: 'a page',
  retrievedOn: '2026-11-20',
};

function lines(
  change: Partial<ReadinessFacts>,
  {
    provider = 'practice',
    models = [model],
    quality = { checks: [], isOutdated: false },
  }: { provider?: string; models?: CatalogueModel[]; quality?: ReadinessInput['quality'] } = {},
) {
  const rules = shippedRules(provider);
  return readinessLines({ facts: { ...facts, ...change }, rules, models, quality, today: '2026-11-20' });
}
const levels = (...[change, where]: Parameters<typeof lines>) =>
  lines(change, where)
    .filter(({ level }) => level !== 'fine')
    .map(({ id, level }) => `${level} ${id}`);
const found = (code: string, severity: 'error' | 'warning' | 'info', isFixable = false) => ({
  code,
  severity,
  examples: 3,
  isFixable,
});

describe('readiness', () => {
  test('a clean and split data set is ready', () => {
    expect(levels({})).toEqual([]);
    expect(verdictOf(lines({}))).toBe('ready');
    expect(verdictOf(lines({ duplicates: 2 }))).toBe('advisable');
    expect(verdictOf(lines({ exampleCount: 3 }))).toBe('blocked');
  });

  test('errors block, what one click mends stands first, and each line leads to its examples', () => {
    const card = lines({ findings: [found('role_missing', 'error'), found('extra_key', 'error', true)] });
    expect(card.slice(0, 2).map(({ id, steps }) => [id, steps.map(({ kind }) => kind)])).toEqual([
      ['extra_key', ['fix', 'show']],
      ['role_missing', ['show']],
    ]);
    expect(card[0]?.detail).toContain('contains an extra');
  });

  test('a provider is stricter or milder where its rules say so', () => {
    const findings = [found('system_role', 'warning'), found('side_tool_message', 'error')];
    expect(levels({ findings })).toEqual(['blocking side_tool_message', 'advisable system_role']);
    expect(levels({ findings }, { provider: 'azure' })).toEqual(['blocking system_role']);
  });

  test('pictures are counted by the provider’s number', () => {
    const change = { withImages: 5, imageCounts: [{ images: 12, examples: 5 }] };
    const seeing = { models: [{ ...model, acceptsImages: true }] };
    expect(levels(change, seeing)).toEqual(['blocking too_many_images']);
    expect(levels(change, { ...seeing, provider: 'azure' })).toEqual([]);
    expect(levels(change)).toContain('blocking model');
  });

  test('reinforcement needs validation and a grader', () => {
    const change = {
      method: 'rft' as const,
      splits: { train: 100, validation: 0, test: 0, unassigned: 0 },
    };
    expect(levels(change)).toEqual(['blocking validation_missing', 'advisable grader']);
    expect(levels({ ...change, splits: { ...change.splits, validation: 1001 }, grader: {} })).toEqual([
      'blocking too_many_validation',
    ]);
  });

  test('models that are no longer trained do not count', () => {
    const ended = { ...model, trainingEndsOn: '2026-10-23' };
    expect(levels({}, { models: [ended] })).toEqual(['blocking model']);
    expect(levels({ longestTokens: 70_000 })).toEqual(['advisable length']);
  });

  test('what is unsplit, quarantined, repeated or not compared is said', () => {
    expect(levels({ splits: { train: 0, validation: 0, test: 0, unassigned: 100 } })).toEqual([
      'blocking split',
    ]);
    expect(
      levels({
        quarantinedCount: 2,
        duplicates: 1,
        conflicts: 4,
        look: 'stale',
        splits: { ...facts.splits, validation: 0 },
      }),
    ).toEqual([
      'advisable quarantine',
      'advisable exact_duplicate',
      'advisable conflicting_answers',
      'advisable no_validation',
      'advisable look',
    ]);
    const whole = [{ code: 'preferred_longer', severity: 'warning' as const, message: 'Longer.' }];
    expect(levels({ whole })).toEqual(['advisable preferred_longer']);
    expect(levels({ whole, look: 'stale' })).toEqual(['advisable look']);
  });
});
