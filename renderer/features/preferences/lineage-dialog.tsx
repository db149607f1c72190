import { useState } from 'react';
import type { MadeDataset } from '../../../shared/features/preferences/outcome.model.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useExportLineage, useSuggestedPlace } from './outcome.queries.ts';

/** Asks where to write the account of a made data set, and whether reviewers are named in it. */
export function LineageDialog(props: { setId: string; made: MadeDataset; onClose: () => void }) {
  const { setId, made, onClose } = props;
  const [withNames, setWithNames] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const suggested = useSuggestedPlace(`${made.datasetName}-lineage.jsonl`).data?.path ?? '';
  const path = typed ?? suggested;
  const write = useExportLineage();
  return (
    <Dialog
      title={`Where the rows of “${made.datasetName}” come from`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={path.trim() === '' || write.isPending}
            onPress={() =>
              write.mutate({ setId, datasetId: made.datasetId, withNames, path }, { onSuccess: onClose })
            }
          >
            Write {made.rows.toLocaleString()} lines
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <p className="text-sm text-muted">
          One JSON line a row: its verdicts with when, blind or not, side, strength and reasons, its edits,
          and hashes in place of texts. Notes stay here.
        </p>
        <Checkbox
          isSelected={withNames}
          onChange={setWithNames}
          description="Otherwise they are “reviewer 1”, “reviewer 2” …"
        >
          Name the reviewers
        </Checkbox>
        <TextField label="Where" value={path} onChange={setTyped} isMono />
        {write.error && <ErrorLine error={write.error} />}
      </div>
    </Dialog>
  );
}
