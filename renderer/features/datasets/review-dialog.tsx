import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { tellUndoable } from '../../history.ts';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';

const counts = ['1', '2', '3', '4', '5'].map((value) => ({
  value,
  label: value === '1' ? 'One approval' : `${value} approvals`,
}));

const kappaText = (kappa: number | null): string => (kappa === null ? 'not defined' : kappa.toFixed(2));

/** How far reviewers agree: share and kappa of every pair, with how many examples both decided. */
function AgreementTable({ datasetId }: { datasetId: string }) {
  const query = useQuery({
    queryKey: ['datasets', 'agreement', datasetId],
    queryFn: () => rpc.datasets.agreement({ datasetId }),
  });
  return (
    <Loaded query={query} label="Comparing decisions">
      {({ pairs, all }) =>
        pairs.length === 0 ? (
          <p className="text-sm text-muted">
            Agreement is shown once two reviewers have decided about the same example.
          </p>
        ) : (
          <div className="space-y-2">
            <table className="w-full text-left text-sm tabular-nums">
              <thead className="text-xs text-muted">
                <tr>
                  <th scope="col" className="py-1 font-medium">
                    Reviewers
                  </th>
                  <th scope="col" className="py-1 text-right font-medium">
                    Decided by both
                  </th>
                  <th scope="col" className="py-1 text-right font-medium">
                    Agree
                  </th>
                  <th scope="col" className="py-1 text-right font-medium">
                    Cohen’s kappa
                  </th>
                </tr>
              </thead>
              <tbody>
                {pairs.map((pair) => (
                  <tr key={pair.reviewers.join('\n')} className="border-t border-line">
                    <th scope="row" className="py-1 font-normal">
                      {pair.reviewers.join(' and ')}
                    </th>
                    <td className="py-1 text-right">{formatNumber(pair.n)}</td>
                    <td className="py-1 text-right">{Math.round(pair.share * 100)} %</td>
                    <td className="py-1 text-right">{kappaText(pair.kappa)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {all && (
              <p className="text-sm">
                Fleiss’ kappa of all {all.reviewers} reviewers: {kappaText(all.kappa)} over{' '}
                {formatNumber(all.n)} examples that all of them decided.
              </p>
            )}
          </div>
        )
      }
    </Loaded>
  );
}

/** What counts as approved in a data set, whether a freeze waits for it, and how far reviewers agree. */
export function ReviewDialog(props: { dataset: Dataset; isOpen: boolean; onClose: () => void }) {
  const { datasetId, requiredApprovals, isReviewRequired, reviewCounts } = props.dataset;
  const [count, setCount] = useState(String(requiredApprovals));
  const [isRequired, setRequired] = useState(isReviewRequired);
  const save = useMutation({
    mutationFn: () =>
      rpc.datasets.requireApprovals({ datasetId, count: Number(count), isReviewRequired: isRequired }),
    onSuccess: () => {
      tellUndoable('The rules of review are changed.');
      props.onClose();
    },
  });
  return (
    <Dialog
      title="Review"
      width="medium"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" onPress={() => save.mutate()} isPending={save.isPending}>
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        <p className="text-sm text-muted tabular-nums">
          {formatNumber(reviewCounts.approved)} approved · {formatNumber(reviewCounts.rejected)} rejected ·{' '}
          {formatNumber(reviewCounts.draft)} drafts
        </p>
        <Select
          label="An example is approved by"
          options={counts}
          value={count}
          onChange={setCount}
          description="One rejection rejects it. An edit asks for a new decision."
        />
        <Checkbox isSelected={isRequired} onChange={setRequired}>
          Freeze only when every example is approved
        </Checkbox>
        <section aria-label="Agreement" className="space-y-2">
          <h3 className="text-sm font-semibold">Agreement</h3>
          <AgreementTable datasetId={datasetId} />
        </section>
        {save.error && <ErrorLine error={save.error} />}
      </div>
    </Dialog>
  );
}
