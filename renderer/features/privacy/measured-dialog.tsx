import type { Measurement } from '../../../shared/features/privacy/privacy.model.ts';
import { titleOfType } from '../../../shared/features/privacy/privacy.rules.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Table } from '../../ui/table.tsx';

const share = (value: number | null): string => (value === null ? '–' : formatPercent(value, 1));

/** How well the rules did on labelled texts, type by type. */
export function MeasuredDialog(props: { measured: Measurement; isOpen: boolean; onClose: () => void }) {
  const { measured } = props;
  return (
    <Dialog title="How good the rules are" isOpen={props.isOpen} onClose={props.onClose} width="medium">
      <p className="max-w-prose text-sm text-pretty text-muted">
        Measured on {formatNumber(measured.texts)} labelled texts that ship with rules v
        {measured.rulesVersion}: mails, chats, forms, logs and code in several languages, a third of them with
        nothing to find. A find counts when type and at least half of the place are right. Your texts are
        others, so take these figures as an order of magnitude.
      </p>
      <Table
        caption="Precision and recall by type"
        className="mt-4"
        maxHeight={420}
        rows={measured.types}
        rowKey={(row) => row.type}
        columns={[
          { id: 'type', header: 'Type', cell: (row) => titleOfType(row.type) },
          { id: 'labelled', header: 'Labelled', cell: (row) => formatNumber(row.labelled), align: 'end' },
          {
            id: 'precision',
            header: 'Right among the found',
            cell: (row) => share(row.precision),
            align: 'end',
          },
          {
            id: 'recall',
            header: 'Found among the labelled',
            cell: (row) => share(row.recall),
            align: 'end',
          },
        ]}
      />
    </Dialog>
  );
}
