import { Database, FileJson, Scale } from 'lucide-react';
import { useState } from 'react';
import {
  type MadeDataset,
  type OutcomePolicy,
  usualPolicy,
} from '../../../shared/features/preferences/outcome.model.ts';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useGo } from '../../ui/location.ts';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { Table } from '../../ui/table.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { LineageDialog } from './lineage-dialog.tsx';
import { useMade, useMakeDataset, useOutcome } from './outcome.queries.ts';
import { OutcomeCountsView } from './outcome-counts.tsx';
import { OutcomePolicyForm } from './outcome-policy-form.tsx';

/** What becomes of the verdicts: a policy, what it would give, and the data sets made so far. */
export function OutcomeTab({ set }: { set: PreferenceSet }) {
  const [policy, setPolicy] = useState<OutcomePolicy>({
    ...usualPolicy,
    method: set.kind === 'ratings' ? 'sft' : 'dpo',
    minVerdicts: set.settings.reviewersPerPair,
  });
  if (set.verdicts === 0) {
    return (
      <EmptyState
        icon={<Scale aria-hidden />}
        title="Nothing is judged yet"
        action={
          <ButtonLink href={`/preferences/${set.setId}/judge`} variant="primary">
            Judge
          </ButtonLink>
        }
      >
        Verdicts become a data set of preference pairs or of chats. From there they are checked, frozen,
        exported for any trainer and trained on, like every other data set.
      </EmptyState>
    );
  }
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
      <ScrollArea label="Which verdicts make a row" className="border-e border-line px-5 py-4">
        <OutcomePolicyForm kind={set.kind} policy={policy} onChange={setPolicy} />
      </ScrollArea>
      <ScrollArea label="What becomes of the verdicts" className="space-y-8 px-6 py-4">
        <Result set={set} policy={policy} />
        <Made set={set} />
      </ScrollArea>
    </div>
  );
}

function Result({ set, policy }: { set: PreferenceSet; policy: OutcomePolicy }) {
  const query = useOutcome(set.setId, policy);
  const make = useMakeDataset();
  const go = useGo();
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? `${set.name} ${policy.method === 'dpo' ? 'pairs' : 'chats'}`;
  const confirm = (): void =>
    make.mutate(
      { setId: set.setId, policy, name },
      { onSuccess: ({ datasetId }) => go(`/datasets/${datasetId}`) },
    );
  return (
    <Loaded query={query}>
      {(counts) => (
        <section aria-label="What the policy gives" aria-busy={query.isFetching} className="space-y-6">
          <OutcomeCountsView
            counts={counts}
            setId={set.setId}
            action={
              <>
                <div className="flex flex-wrap items-end gap-3">
                  <TextField label="Name of the data set" value={name} onChange={setTyped} className="w-72" />
                  <Button
                    variant="primary"
                    icon={<Database aria-hidden />}
                    isDisabled={counts.rows === 0 || name.trim() === '' || make.isPending}
                    onPress={confirm}
                  >
                    Make a data set of {formatCount(counts.rows, 'row')}
                  </Button>
                </div>
                {make.error && <ErrorLine error={make.error} />}
              </>
            }
          />
        </section>
      )}
    </Loaded>
  );
}

function Made({ set }: { set: PreferenceSet }) {
  const made = useMade(set.setId).data ?? [];
  const [asked, setAsked] = useState<MadeDataset | null>(null);
  if (made.length === 0) return null;
  return (
    <>
      <Table
        caption="Made of these verdicts"
        isCaptionShown
        rows={made}
        rowKey={({ datasetId }) => datasetId}
        columns={[
          {
            id: 'name',
            header: 'Data set',
            cell: ({ datasetId, datasetName }) => <Link href={`/datasets/${datasetId}`}>{datasetName}</Link>,
          },
          { id: 'rows', header: 'Rows', align: 'end', cell: ({ rows }) => rows.toLocaleString() },
          { id: 'madeAt', header: 'Made', cell: ({ madeAt }) => new Date(madeAt).toLocaleString() },
          {
            id: 'lineage',
            header: 'Lineage',
            cell: (one) => (
              <Button size="compact" icon={<FileJson aria-hidden />} onPress={() => setAsked(one)}>
                Write…
              </Button>
            ),
          },
        ]}
      />
      {asked && <LineageDialog setId={set.setId} made={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
