import type { PricedModel } from '../../../shared/features/costs/costs.model.ts';
import { formatPrice } from '../../../shared/features/costs/money.ts';
import { toneInk } from '../../ui/badge.tsx';
import { cx } from '../../ui/class-names.ts';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { dayText, daysLeftText, endTone, methodNames, modelKey, providerName } from './model-words.ts';

/** Every model of the catalogue: how it can be trained, for how much, and until when; what ended comes last. */
export function ModelDates({ models }: { models: readonly PricedModel[] }) {
  const rows = models
    .filter((one) => one.provider !== 'practice')
    .toSorted((a, b) => rank(a) - rank(b) || (a.trainingEndsOn ?? '').localeCompare(b.trainingEndsOn ?? ''));
  return (
    <Table
      caption="Models, training prices and the days left of them"
      columns={columns}
      rows={rows}
      rowKey={modelKey}
    />
  );
}

function rank(model: PricedModel): number {
  return (model.trainingDaysLeft ?? 1) < 0 ? 1 : 0;
}

function priceText({ trainingPrice }: PricedModel): string {
  if (!trainingPrice) return 'not on file';
  return `${formatPrice(trainingPrice.microUsdPerUnit)} ${trainingPrice.unit === 'hour' ? 'per hour' : 'per 1M'}`;
}

/** A day with what is left until it below. */
function End(props: { day: string | null; daysLeft: number | null }) {
  return (
    <>
      <span className="block whitespace-nowrap">{props.day ? dayText(props.day) : 'open'}</span>
      <span className={cx('block text-xs', toneInk(endTone(props.daysLeft)))}>
        {daysLeftText(props.daysLeft)}
      </span>
    </>
  );
}

const columns: readonly TableColumn<PricedModel>[] = [
  {
    id: 'model',
    header: 'Model',
    cell: (model) => (
      <>
        <span className="block font-mono text-xs leading-5">{model.id}</span>
        <span className="block text-xs text-muted">{providerName(model.provider)}</span>
      </>
    ),
  },
  {
    id: 'methods',
    header: 'Methods',
    cell: (model) =>
      model.methods.map((method) => methodNames[method].replace(/^.*\((.*)\)$/, '$1')).join(', '),
  },
  { id: 'price', header: 'Training price', align: 'end', cell: priceText, className: 'whitespace-nowrap' },
  {
    id: 'training',
    header: 'New jobs until',
    align: 'end',
    cell: (model) => <End day={model.trainingEndsOn} daysLeft={model.trainingDaysLeft} />,
  },
  {
    id: 'shutdown',
    header: 'Answers until',
    align: 'end',
    cell: (model) => <End day={model.shutdownDate} daysLeft={model.daysLeft} />,
  },
];
