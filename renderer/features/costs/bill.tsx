import type { CostEstimate, PricedModel } from '../../../shared/features/costs/costs.model.ts';
import { formatPrice } from '../../../shared/features/costs/money.ts';
import { Arithmetic } from '../../ui/arithmetic.tsx';
import { PracticeBadge, ToneIcon } from '../../ui/badge.tsx';
import { formatCount, formatMoney } from '../../ui/format.ts';
import { Facts } from '../../ui/stat.tsx';
import { dayText, daysLeftText, endTone, usageNames, usagePrice } from './model-words.ts';

export type BillScope = 'size' | 'train' | 'all';

const scopeWords: Record<BillScope, string> = {
  size: '',
  train: ' (its training split)',
  all: ' (all of it, as it is not split yet)',
};

/** The price of one training run: the number, the arithmetic that leads to it, and where the price is from. */
export function Bill(props: { estimate: CostEstimate; scope: BillScope; model: PricedModel }) {
  const { estimate, scope, model } = props;
  return (
    <section aria-label="The bill">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-2xl font-semibold tracking-tight">{formatMoney(estimate.totalMicroUsd)}</span>
        <span className="text-sm text-muted">
          {`to train ${model.name} on ${formatCount(estimate.examples, 'example')}${scopeWords[scope]} for ${formatCount(estimate.epochs, 'epoch')}`}
        </span>
        {estimate.provider === 'practice' && <PracticeBadge />}
      </p>
      <Arithmetic lines={estimate.lines.map((line) => ({ ...line, isSum: line.microUsd !== null }))} />
      <Facts className="mt-4" facts={priceFacts(estimate, model)} />
      <Endings model={model} />
    </section>
  );
}

function priceFacts(estimate: CostEstimate, model: PricedModel): { name: string; value: string }[] {
  const { price } = estimate;
  if (estimate.provider === 'practice') {
    return [{ name: 'Price', value: 'Nothing: practice runs on this machine and sends nothing.' }];
  }
  const until = price.validUntil ? `, good until ${dayText(price.validUntil)}` : '';
  const used = usageNames
    .map(([what, name]) => ({ name, microUsd: usagePrice(model, what) }))
    .filter((one) => one.microUsd !== null)
    .map(({ name, microUsd }) => `${name.toLowerCase()} ${formatPrice(microUsd ?? 0)}`);
  return [
    { name: 'Price', value: `${formatPrice(price.microUsdPerUnit)} per million training tokens${until}` },
    { name: 'Source', value: `${price.source}; read on ${dayText(price.retrievedOn)}` },
    ...(used.length > 0
      ? [{ name: 'Using the result', value: `Per million tokens: ${used.join(', ')}` }]
      : []),
  ];
}

function Endings({ model }: { model: PricedModel }) {
  const ends = [
    {
      what: 'New jobs are taken until',
      day: model.trainingEndsOn,
      daysLeft: model.trainingDaysLeft,
    },
    {
      what: 'The model and everything tuned from it stop answering on',
      day: model.shutdownDate,
      daysLeft: model.daysLeft,
    },
  ].filter((end) => end.day !== null && endTone(end.daysLeft) !== 'neutral');
  if (ends.length === 0) return null;
  return (
    <ul className="mt-4 space-y-1 rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
      {ends.map(({ what, day, daysLeft }) => (
        <li key={what} className="flex gap-2">
          <ToneIcon tone={endTone(daysLeft)} className="mt-0.5" />
          <span>
            {what} {dayText(day ?? '')}: <span className="font-medium">{daysLeftText(daysLeft)}</span>.
          </span>
        </li>
      ))}
    </ul>
  );
}
