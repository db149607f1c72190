import type { EvalResult, LabelFigures, LabelReport } from '../../../shared/features/evals/evals.model.ts';
import { formatScore } from '../../../shared/features/evals/verdict.rules.ts';
import { formatFixed, formatNumber } from '../../ui/format.ts';
import { HeatMatrix } from '../../ui/heat-matrix.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';

function Matrix(props: { name: string; side: string; report: LabelReport; figures: LabelFigures }) {
  const { name, side, report, figures } = props;
  const hasOther = figures.confusion.some((row) => (row.at(-1) ?? 0) > 0);
  const columns = hasOther ? [...report.names, 'no label'] : report.names;
  return (
    <div className="min-w-0">
      <p className="mb-2 text-sm">
        <span className="font-medium">{side}</span>{' '}
        <span className="text-muted">
          {formatScore(figures.accuracy, true)} right, macro F1 {formatScore(figures.macroF1, false)}
        </span>
      </p>
      <HeatMatrix
        caption={`${name}, ${side}: expected labels in rows, answers in columns`}
        rowName="expected"
        columnName="answered"
        rows={report.names}
        columns={columns}
        values={figures.confusion.map((row) => row.slice(0, columns.length))}
        isSquare
      />
    </div>
  );
}

type LabelRow = {
  name: string;
  support: number;
  base: { precision: number; recall: number; f1: number };
  tuned: { precision: number; recall: number; f1: number };
};

const three = (value: number): string => formatFixed(value, 3);
const figure = (
  header: string,
  side: 'base' | 'tuned',
  key: 'precision' | 'recall' | 'f1',
): TableColumn<LabelRow> => ({
  id: `${key}-${side}`,
  header: `${header}, ${side}`,
  align: 'end',
  cell: (row) => three(row[side][key]),
});

const labelColumns: readonly TableColumn<LabelRow>[] = [
  { id: 'label', header: 'Label', className: 'max-w-48 truncate', cell: (row) => row.name },
  { id: 'support', header: 'Items', align: 'end', cell: (row) => formatNumber(row.support) },
  figure('Precision', 'base', 'precision'),
  figure('Precision', 'tuned', 'precision'),
  figure('Recall', 'base', 'recall'),
  figure('Recall', 'tuned', 'recall'),
  figure('F1', 'base', 'f1'),
  figure('F1', 'tuned', 'f1'),
];

function Report({ name, report }: { name: string; report: LabelReport }) {
  const { base, tuned, macroF1Difference: change } = report;
  const none = { precision: 0, recall: 0, f1: 0 };
  const rows = base.perLabel.map(
    (one, place): LabelRow => ({
      name: one.name,
      support: one.support,
      base: one,
      tuned: tuned.perLabel[place] ?? none,
    }),
  );
  return (
    <Section
      title={name}
      description={`Macro F1 changed by ${three(change.estimate)}, 95 % interval ${three(change.low)} to ${three(change.high)}.`}
    >
      <div className="flex flex-wrap gap-x-10 gap-y-4">
        <Matrix name={name} side="Base" report={report} figures={base} />
        <Matrix name={name} side="Tuned" report={report} figures={tuned} />
      </div>
      <Table
        caption={`Precision, recall and F1 of ${name} per label`}
        columns={labelColumns}
        rows={rows}
        rowKey={(row) => row.name}
        className="mt-4"
      />
    </Section>
  );
}

/** Confusion matrices and figures per label, for every grader that reads labels. */
export function Labels({ result }: { result: EvalResult }) {
  const labelled = result.graders.flatMap(({ grader, labels }) =>
    labels ? [{ name: grader.name, report: labels }] : [],
  );
  return (
    <div className="space-y-8 px-6 py-4">
      {labelled.map(({ name, report }) => (
        <Report key={name} name={name} report={report} />
      ))}
    </div>
  );
}
