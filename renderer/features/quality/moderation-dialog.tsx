import { useState } from 'react';
import type { ModerationPlan } from '../../../shared/features/quality/moderation.model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatBytes, formatCount, formatMoney, formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { Facts } from '../../ui/stat.tsx';
import { useModerate, useModerationPlan, useModerators } from './moderation.queries.ts';

function priceWords(plan: ModerationPlan): string {
  if (plan.priceMicroUsd === null) return 'at a price that is not on file';
  return plan.priceMicroUsd === 0 ? 'for $0' : `for ${formatMoney(plan.priceMicroUsd)}`;
}

function verbOf(plan: ModerationPlan): string {
  const texts = formatCount(plan.texts, 'text');
  return plan.staysOnThisMachine
    ? `Check ${texts} here`
    : `Send ${texts} to ${plan.host} ${priceWords(plan)}`;
}

function PlanFacts({ plan }: { plan: ModerationPlan }) {
  const facts = [
    {
      name: 'Goes to',
      value: plan.staysOnThisMachine ? 'this machine; nothing leaves it' : plan.host,
    },
    {
      name: 'Texts',
      value: `${formatNumber(plan.texts)}, out of ${formatCount(plan.examples, 'example')}: what messages, calls and fields say`,
    },
    { name: 'Amount', value: `${formatBytes(plan.bytes)} in ${formatCount(plan.requests, 'request')}` },
    {
      name: 'Content',
      value: (
        <>
          SHA-256{' '}
          <span className="font-mono text-xs" title={plan.sha256}>
            {plan.sha256.slice(0, 12)}…
          </span>
        </>
      ),
    },
    { name: 'Asked', value: <span className="font-mono text-xs break-all">{plan.model}</span> },
    {
      name: 'Price',
      value: (
        <>
          <span className="font-medium">
            {plan.priceMicroUsd === null ? 'not on file' : formatMoney(plan.priceMicroUsd)}
          </span>
          <span className="block text-xs text-muted">{plan.priceNote}</span>
        </>
      ),
    },
    ...(plan.checkedBefore > 0
      ? [{ name: 'Left out', value: `${formatCount(plan.checkedBefore, 'example')} checked before` }]
      : []),
    ...(plan.pictures > 0
      ? [
          {
            name: 'Pictures',
            value: `${formatCount(plan.pictures, 'picture')}, each in a request of its own`,
          },
        ]
      : []),
  ];
  return <Facts facts={facts} />;
}

function Plan(props: { plan: ModerationPlan; onClose: () => void; onAgain: () => void }) {
  const { plan } = props;
  const start = useModerate();
  if (plan.approval === null) {
    return (
      <p className="text-sm">
        {plan.checkedBefore > 0
          ? `All ${formatCount(plan.checkedBefore, 'example')} were checked by ${plan.connectionName} as they stand; there is nothing to send.`
          : 'This data set has no examples.'}
      </p>
    );
  }
  const { approvalId } = plan.approval;
  const { datasetId, connectionId } = plan;
  return (
    <div className="space-y-4">
      <PlanFacts plan={plan} />
      {start.error && <ErrorLine error={start.error} />}
      <div className="flex justify-end">
        <Button
          variant="primary"
          isPending={start.isPending}
          className="max-w-full"
          onPress={() =>
            start.mutate(
              { datasetId, connectionId, approvalId },
              { onSuccess: props.onClose, onError: props.onAgain },
            )
          }
        >
          {verbOf(plan)}
        </Button>
      </div>
    </div>
  );
}

/** The last look before texts are sent to a moderation: to whom, what, how much, at what price. */
export function ModerationDialog(props: { datasetId: string; onClose: () => void }) {
  const [connectionId, setConnectionId] = useState('practice');
  const connections = useModerators();
  const plan = useModerationPlan(props.datasetId, connectionId);
  return (
    <Dialog title="Moderation check" isOpen onClose={props.onClose} width="medium">
      <div className="space-y-4">
        <Loaded query={connections}>
          {(found) => (
            <Select
              label="By whom"
              options={found.map(({ id, name, host }) => ({
                value: id,
                label: name,
                detail: id === 'practice' ? 'knows a few plain phrases; no judge, but nothing leaves' : host,
              }))}
              value={connectionId}
              onChange={setConnectionId}
            />
          )}
        </Loaded>
        <Loaded query={plan} label="Counting what would be sent">
          {(found) => <Plan plan={found} onClose={props.onClose} onAgain={() => void plan.refetch()} />}
        </Loaded>
      </div>
    </Dialog>
  );
}
