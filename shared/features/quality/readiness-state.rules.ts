import { grouped } from '../costs/money.ts';
import { titleOfFinding } from '../datasets/mark-codes.ts';
import { line, type ReadinessInput } from './readiness-line.ts';
import type { ReadinessFacts, ReadinessLine } from './readiness.model.ts';

/** Identical examples, and prompts with two answers. */
export function repeatLines({ duplicates, conflicts }: ReadinessFacts): ReadinessLine[] {
  const lines: ReadinessLine[] = [];
  if (duplicates > 0) {
    lines.push(
      line('exact_duplicate', 'advisable', {
        title: titleOfFinding('exact_duplicate'),
        detail: 'They count twice and may end up in two splits.',
        count: duplicates,
        steps: [
          { kind: 'fix', code: 'exact_duplicate' },
          { kind: 'show', codes: ['exact_duplicate'] },
        ],
      }),
    );
  }
  if (conflicts > 0) {
    lines.push(
      line('conflicting_answers', 'advisable', {
        title: titleOfFinding('conflicting_answers'),
        detail: 'The model cannot learn both answers.',
        count: conflicts,
        steps: [{ kind: 'show', codes: ['conflicting_answers'] }],
      }),
    );
  }
  return lines;
}

/** Whether there is something to train on and to check with. */
export function splitLines({ facts, rules }: ReadinessInput): ReadinessLine[] {
  const { train, validation, test, unassigned } = facts.splits;
  if (train === 0) {
    return [
      line('split', 'blocking', {
        title: 'Nothing is in the training split',
        detail: 'Split the examples; identical prompts stay on one side.',
        count: unassigned,
        steps: [{ kind: 'split' }],
      }),
    ];
  }
  const least = rules.minExamples.value;
  const lines: ReadinessLine[] = [];
  if (train < least) {
    lines.push(
      line('train_too_small', 'blocking', {
        title: 'The training split is too small',
        detail: `It holds ${train} example(s), at least ${least} are needed.`,
        count: train,
        steps: [{ kind: 'split' }],
      }),
    );
  }
  if (validation === 0 && facts.method !== 'rft') {
    lines.push(
      line('no_validation', 'advisable', {
        title: 'No validation split',
        detail: 'Without one, nobody sees when the model begins to learn by heart.',
        steps: [{ kind: 'split' }],
      }),
    );
  }
  if (unassigned > 0) {
    lines.push(
      line('unassigned', 'advisable', {
        title: 'Examples in no split',
        detail: 'They take no part in a training.',
        count: unassigned,
        steps: [{ kind: 'split' }],
      }),
    );
  }
  if (lines.length > 0) return lines;
  const parts = `${grouped(train)} train, ${grouped(validation)} validation, ${grouped(test)} test.`;
  return [line('split', 'fine', { title: 'Split for training', detail: parts, count: train })];
}

/** Whether the rows were compared with each other. */
export function lookLines({ look }: ReadinessFacts): ReadinessLine[] {
  if (look === 'fresh') {
    return [
      line('look', 'fine', {
        title: 'All rows were compared with each other',
        detail: 'Tools, pairs and fields were looked at across the whole data set.',
      }),
    ];
  }
  return [
    line('look', 'advisable', {
      title: 'The rows have not been compared with each other',
      detail:
        look === 'never'
          ? 'Tools that drift, pairs preferred both ways and fields that are missing only show across rows.'
          : 'The data set was changed since they were.',
      steps: [{ kind: 'look' }],
    }),
  ];
}

/** Whether it is known what will score the answers. */
export function graderLines({ method, grader }: ReadinessFacts): ReadinessLine[] {
  if (method !== 'rft') return [];
  if (grader !== null) {
    return [
      line('grader', 'fine', {
        title: 'A grader is named',
        detail: 'Its fields are looked for in every row when the rows are compared.',
        steps: [{ kind: 'grader' }],
      }),
    ];
  }
  return [
    line('grader', 'advisable', {
      title: 'No grader is named',
      detail: 'Name the grader that will score the answers, so that the fields it reads can be looked for.',
      steps: [{ kind: 'grader' }],
    }),
  ];
}
