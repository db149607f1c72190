import { titleOfFinding } from '../datasets/mark-codes.ts';
import { checkWhole } from '../datasets/provider-check.ts';
import { platformAnswer } from '../datasets/sft/finding-codes.ts';
import { moderationRejections } from './moderation.rules.ts';
import { levelOf, line, methodNames, plural, type ReadinessInput } from './readiness-line.ts';
import { adviceOn, topicSteps } from './readiness-quality.rules.ts';
import type { CodeCount, ReadinessFacts, ReadinessLine, ReadinessStep } from './readiness.model.ts';

/** What the format checks found, as this provider weighs it. */
export function findingLines({ facts, rules }: ReadinessInput): ReadinessLine[] {
  const overrides = new Map(rules.severities.map((one) => [one.code, one]));
  const lines = facts.findings.flatMap((one) => {
    const override = overrides.get(one.code);
    // Pictures are counted anew by this provider's number, below.
    if (override?.severity === null || one.code === 'too_many_images') return [];
    const severity = override?.severity ?? one.severity;
    const says = platformAnswer(one.code);
    return [
      line(one.code, levelOf[severity], {
        title: titleOfFinding(one.code),
        detail: says === null ? weightInWords(severity) : `The platform says: ${says}`,
        count: one.examples,
        steps: stepsFor(one),
        source: override?.source ?? null,
      }),
    ];
  });
  if (lines.some(({ level }) => level === 'blocking')) return lines.toSorted(byWork);
  const fine = line('format', 'fine', {
    title: 'Every example keeps to the format',
    detail: `${plural(facts.exampleCount, 'example')} checked for ${methodNames[facts.method]}.`,
    count: facts.exampleCount,
  });
  return [fine, ...lines.toSorted(byWork)];
}

/** First what one click mends, then what most examples have. */
function byWork(a: ReadinessLine, b: ReadinessLine): number {
  const isFix = (one: ReadinessLine): number => (one.steps.some(({ kind }) => kind === 'fix') ? 0 : 1);
  return isFix(a) - isFix(b) || (b.count ?? 0) - (a.count ?? 0);
}

function weightInWords(severity: 'error' | 'warning' | 'info'): string {
  if (severity === 'error') return 'The platform refuses these, or cannot learn from them.';
  return severity === 'warning' ? 'The platform takes these; they are worth a look.' : 'Good to know.';
}

function stepsFor(one: CodeCount): ReadinessStep[] {
  const show: ReadinessStep = { kind: 'show', codes: [one.code] };
  return one.isFixable ? [{ kind: 'fix', code: one.code }, show] : [show];
}

function stepsForWhole(code: string): ReadinessStep[] {
  if (code.startsWith('grader_')) return [{ kind: 'grader' }];
  return code.startsWith('validation') || code.startsWith('too_many_') ? [{ kind: 'split' }] : [];
}

/** Size and number of examples, and what the look at all rows said about the whole. */
export function wholeLines({ facts, rules }: ReadinessInput): ReadinessLine[] {
  const { method, exampleCount, withImages, sourceBytes, splits } = facts;
  const findings = checkWhole(
    { method, examples: exampleCount, withImages, sizeBytes: sourceBytes, splits },
    rules,
  );
  const across = facts.look === 'fresh' ? facts.whole : [];
  const lines = [...findings, ...across].map((one, index, all) =>
    line(
      all.findIndex(({ code }) => code === one.code) === index ? one.code : `${one.code}-${index}`,
      levelOf[one.severity],
      {
        title: titleOfFinding(one.code),
        detail: one.message,
        steps: stepsForWhole(one.code),
      },
    ),
  );
  if (findings.length > 0) return lines;
  const { value, source } = rules.minExamples;
  return [
    line('size', 'fine', {
      title: 'Enough examples, and the file is not too large',
      detail: `${plural(exampleCount, 'example')}; at least ${value} are needed.`,
      count: exampleCount,
      source,
    }),
    ...lines,
  ];
}

/** Pictures per example, by this provider’s number. */
export function imageLines({ facts, rules }: ReadinessInput): ReadinessLine[] {
  if (facts.withImages === 0) return [];
  const { value, source } = rules.images.perExample;
  const over = facts.imageCounts.reduce((sum, one) => sum + (one.images > value ? one.examples : 0), 0);
  if (over === 0) {
    return [
      line('images', 'fine', {
        title: 'Pictures per example',
        detail: `At most ${value} are allowed; no example holds more.`,
        count: facts.withImages,
        source,
      }),
    ];
  }
  return [
    line('too_many_images', 'blocking', {
      title: titleOfFinding('too_many_images'),
      detail: `${rules.name} takes at most ${value} pictures in an example.`,
      count: over,
      steps: [{ kind: 'show', codes: ['too_many_images'] }],
      source,
    }),
  ];
}

/** What other features say about the examples. */
export function markLines(facts: ReadinessFacts): ReadinessLine[] {
  return facts.marks.map((one) =>
    line(one.code, levelOf[one.severity], {
      title: titleOfFinding(one.code),
      detail: markDetail(one),
      count: one.examples,
      steps: [...topicSteps(one.code), { kind: 'show', codes: [one.code] }],
    }),
  );
}

function markDetail({ source, severity, code }: CodeCount & { source: string }): string {
  const says = platformAnswer(code);
  if (says !== null) return `The platform says: ${says}`;
  const advice = adviceOn(code);
  if (advice !== null) return advice;
  const who: Readonly<Record<string, string>> = {
    privacy: 'Found by the scan for personal data.',
    moderation: `To a file with too many of these the platform says: ${moderationRejections[0]}`,
    rows: 'Found by comparing all rows.',
  };
  return who[source] ?? weightInWords(severity);
}
