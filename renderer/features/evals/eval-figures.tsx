import type { EvalResult, GraderResult } from '../../../shared/features/evals/evals.model.ts';
import {
  formatDifference,
  formatP,
  formatRange,
  formatScore,
} from '../../../shared/features/evals/verdict.rules.ts';
import { describeGrader, failureWords } from '../../../shared/features/evals/words.rules.ts';
import { formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page-head.tsx';
import { Facts } from '../../ui/stat.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

const score = (side: 'base' | 'tuned', result: GraderResult) => {
  const { mean, low, high } = result[side];
  return (
    <span className="whitespace-nowrap">
      {formatScore(mean, result.isPassFail)}{' '}
      <span className="text-muted">
        {formatScore(low, result.isPassFail)} to {formatScore(high, result.isPassFail)}
      </span>
    </span>
  );
};

const graderColumns: readonly TableColumn<GraderResult>[] = [
  {
    id: 'grader',
    header: 'Grader',
    cell: ({ grader }) => (
      <>
        <span className="font-medium">{grader.name}</span>{' '}
        <span className="text-xs text-muted">{describeGrader(grader)}</span>
      </>
    ),
  },
  { id: 'base', header: 'Base', align: 'end', cell: (result) => score('base', result) },
  { id: 'tuned', header: 'Tuned', align: 'end', cell: (result) => score('tuned', result) },
  {
    id: 'difference',
    header: 'Difference',
    align: 'end',
    cell: ({ difference, isPassFail }) => (
      <span className="whitespace-nowrap">
        {formatDifference(difference.estimate, isPassFail)}{' '}
        <span className="text-muted">{formatRange(difference.low, difference.high, isPassFail)}</span>
      </span>
    ),
  },
  {
    id: 'p',
    header: 'McNemar p',
    align: 'end',
    cell: ({ difference }) =>
      difference.mcnemarP === null ? '–' : formatP(difference.mcnemarP).replace(/^= /, ''),
  },
  {
    id: 'verdict',
    header: 'Verdict',
    cell: ({ difference }) => <VerdictBadge verdict={difference.verdict} />,
  },
];

type FailureRow = { grader: string; failure: string; base: number; tuned: number };

const failureColumns: readonly TableColumn<FailureRow>[] = [
  { id: 'grader', header: 'Grader', cell: (row) => row.grader },
  { id: 'failure', header: 'What was found', cell: (row) => failureWords(row.failure) },
  { id: 'base', header: 'Base', align: 'end', cell: (row) => formatNumber(row.base) },
  { id: 'tuned', header: 'Tuned', align: 'end', cell: (row) => formatNumber(row.tuned) },
];

type FieldRow = GraderResult['fields'][number];

const fieldColumns: readonly TableColumn<FieldRow>[] = [
  { id: 'field', header: 'Field', cell: (row) => <span className="font-mono text-xs">{row.field}</span> },
  { id: 'n', header: 'Items', align: 'end', cell: (row) => formatNumber(row.n) },
  { id: 'base', header: 'Base', align: 'end', cell: (row) => formatScore(row.baseRight / row.n, true) },
  { id: 'tuned', header: 'Tuned', align: 'end', cell: (row) => formatScore(row.tunedRight / row.n, true) },
];

/** Every figure as a table: graders, JSON fields, answers that could not be graded. */
export function Figures({ result }: { result: EvalResult }) {
  const failures = result.graders.flatMap(({ grader, failures: own }) =>
    own.map((one): FailureRow => ({ grader: grader.name, ...one })),
  );
  const fields = result.graders.flatMap(({ grader, fields: own }) =>
    grader.type === 'json_match' ? own : [],
  );
  return (
    <div className="space-y-8 px-6 py-4">
      <Section
        title="Graders"
        description="Means with 95 % intervals (Wilson for shares, BCa bootstrap for scores and differences); McNemar’s test is exact."
      >
        <Table
          caption="Results of every grader"
          columns={graderColumns}
          rows={result.graders}
          rowKey={({ grader }) => grader.name}
        />
      </Section>
      {fields.length > 0 && (
        <Section title="JSON fields" description="Share of items where the field has the expected value.">
          <Table
            caption="Right answers per JSON field"
            columns={fieldColumns}
            rows={fields}
            rowKey={(row) => row.field}
            className="max-w-xl"
          />
        </Section>
      )}
      {failures.length > 0 && (
        <Section title="Could not be graded" description="Each of these answers counts as wrong.">
          <Table
            caption="Answers that could not be graded"
            columns={failureColumns}
            rows={failures}
            rowKey={(row) => `${row.grader} ${row.failure}`}
            className="max-w-2xl"
          />
        </Section>
      )}
      <Section title="How it was asked">
        <Facts
          facts={[
            { name: 'Base', value: <span className="font-mono text-xs break-all">{result.baseModel}</span> },
            {
              name: 'Tuned',
              value: <span className="font-mono text-xs break-all">{result.tunedModel}</span>,
            },
            { name: 'Seed', value: String(result.seed) },
            { name: 'Temperature', value: '0' },
          ]}
        />
      </Section>
    </div>
  );
}
