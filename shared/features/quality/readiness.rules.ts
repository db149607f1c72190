import { daysUntil } from '../costs/catalogue.ts';
import { grouped } from '../costs/money.ts';
import type { Method } from '../datasets/datasets.model.ts';
import { findingLines, imageLines, markLines, wholeLines } from './readiness-findings.rules.ts';
import { type Level, levelOf, line, methodNames, plural, type ReadinessInput } from './readiness-line.ts';
import { qualityLines } from './readiness-quality.rules.ts';
import { graderLines, lookLines, repeatLines, splitLines } from './readiness-state.rules.ts';
import type { ReadinessFacts, ReadinessLine } from './readiness.model.ts';

const ranks: readonly Level[] = ['blocking', 'advisable', 'fine'];

/** Every line of the scorecard, blocking first, in the order in which to work; pure counting, nothing assumed. */
export function readinessLines(input: ReadinessInput): ReadinessLine[] {
  const lines = [
    ...modelLines(input),
    ...quarantineLines(input.facts),
    ...findingLines(input),
    ...wholeLines(input),
    ...imageLines(input),
    ...markLines(input.facts),
    ...qualityLines(input),
    ...repeatLines(input.facts),
    ...splitLines(input),
    ...lookLines(input.facts),
    ...graderLines(input.facts),
    ...noticeLines(input),
  ];
  return lines.toSorted((a, b) => ranks.indexOf(a.level) - ranks.indexOf(b.level));
}

/** What the lines come down to. */
export function verdictOf(lines: readonly ReadinessLine[]): 'ready' | 'advisable' | 'blocked' {
  if (lines.some(({ level }) => level === 'blocking')) return 'blocked';
  return lines.some(({ level }) => level === 'advisable') ? 'advisable' : 'ready';
}

const trainingMethods = {
  sft: 'supervised',
  dpo: 'dpo',
  rft: 'reinforcement',
} as const satisfies Record<Method, string>;

function modelLines({ facts, rules, models, today }: ReadinessInput): ReadinessLine[] {
  const wanted = trainingMethods[facts.method];
  const fitting = models.filter((one) => one.methods.some((name) => name === wanted));
  const open = fitting.filter((one) => (daysUntil(one.trainingEndsOn, today) ?? 1) >= 0);
  const name = methodNames[facts.method];
  if (open.length === 0) {
    const ended = fitting
      .map(({ id, trainingEndsOn }) => `${id} until ${trainingEndsOn ?? 'now'}`)
      .join(', ');
    return [
      line('model', 'blocking', {
        title: `No model for ${name} at ${rules.name}`,
        detail: ended === '' ? 'The catalogue has none.' : `What there was: ${ended}.`,
        count: 0,
        source: fitting[0]?.source ?? null,
      }),
    ];
  }
  const seeing = open.filter((one) => one.acceptsImages);
  if (facts.withImages > 0 && seeing.length === 0) {
    return [
      line('model', 'blocking', {
        title: `No model that learns from pictures at ${rules.name}`,
        detail: `${facts.withImages} example(s) hold pictures.`,
        count: facts.withImages,
      }),
    ];
  }
  const usable = facts.withImages > 0 ? seeing : open;
  const limits = usable.flatMap((one) => (one.exampleTokens === null ? [] : [one.exampleTokens]));
  const short = limits.filter((limit) => facts.longestTokens > limit).length;
  return [
    line('model', 'fine', {
      title: `${plural(usable.length, 'model')} for ${name} at ${rules.name}`,
      detail: usable.map(({ id }) => id).join(', '),
      count: usable.length,
      source: usable[0]?.source ?? null,
    }),
    ...(short > 0
      ? [
          line('length', 'advisable', {
            title: 'The longest example is cut by some models',
            detail: `It has ${grouped(facts.longestTokens)} tokens; ${short} of ${usable.length} models read less.`,
            count: short,
          }),
        ]
      : []),
  ];
}

function quarantineLines({ quarantinedCount }: ReadinessFacts): ReadinessLine[] {
  if (quarantinedCount === 0) return [];
  return [
    line('quarantine', 'advisable', {
      title: 'Lines that did not become examples',
      detail:
        'They are kept aside and are not exported. Mend them in their file, or leave them out knowingly.',
      count: quarantinedCount,
      steps: [{ kind: 'tab', tab: 'quarantine' }],
    }),
  ];
}
function noticeLines({ facts, rules }: ReadinessInput): ReadinessLine[] {
  return rules.notices
    .filter(({ methods }) => methods.includes(facts.method))
    .map(({ severity, text, source }, index) =>
      line(`notice-${index}`, levelOf[severity], {
        title: `Known about ${rules.name}`,
        detail: text,
        source,
      }),
    );
}
