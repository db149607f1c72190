import { useState } from 'react';
import type { PreferenceSet } from '../../../shared/features/preferences/preferences.model.ts';
import { tellUndoable } from '../../history.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { unitOf } from './preference-words.tsx';
import { useAssign } from './preferences.queries.ts';
import { namesOf } from './set-draft.ts';

/** Deals the pairs of a set out among reviewers, or gives every pair to everybody. */
export function AssignDialog({ set, onClose }: { set: PreferenceSet; onClose: () => void }) {
  const [text, setText] = useState(set.settings.reviewers.join('\n'));
  const [each, setEach] = useState(set.settings.reviewersPerPair);
  const assign = useAssign();
  const reviewers = namesOf(text);
  const [one, many] = unitOf(set);
  const isTooMany = reviewers.length > 0 && each > reviewers.length;
  const share = reviewers.length > 0 ? (set.pairs * each) / reviewers.length : set.pairs;
  const save = (): void =>
    assign.mutate(
      { setId: set.setId, reviewers, reviewersPerPair: each },
      {
        onSuccess: () => {
          tellUndoable(`${formatCount(set.pairs, one, many)} are dealt out.`);
          onClose();
        },
      },
    );
  return (
    <Dialog
      title="Assign to reviewers"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={isTooMany || !Number.isFinite(each)}
            isPending={assign.isPending}
            onPress={save}
          >
            {reviewers.length > 0
              ? `Deal out among ${formatCount(reviewers.length, 'reviewer')}`
              : `Give every ${one} to everybody`}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <TextField
          label="Reviewers"
          description="One name a line."
          lines={5}
          value={text}
          onChange={setText}
          autoFocus
        />
        <NumberField
          label={`Reviewers ${one === 'pair' ? 'a pair' : 'an answer'}`}
          value={each}
          minValue={1}
          maxValue={9}
          onChange={setEach}
          error={isTooMany ? 'There are fewer reviewers than that.' : undefined}
        />
        <p className="text-sm text-muted">
          About {formatNumber(share)} {many} for each. Verdicts that were given stay.
        </p>
        {assign.error && <ErrorLine error={assign.error} />}
      </div>
    </Dialog>
  );
}
