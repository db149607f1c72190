import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import {
  maxReviewPairs,
  minPassphrase,
  passphraseText,
} from '../../../shared/features/preferences/ballots.rules.ts';
import {
  everyPair,
  type PairFilter,
  type PreferenceSet,
} from '../../../shared/features/preferences/preferences.model.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSuggestedPlace } from './outcome.queries.ts';
import { unitOf } from './preference-words.tsx';
import { useMakeReviewFile, useReviewCount } from './review-files.queries.ts';
import { suggestPassphrase } from './suggest-passphrase.ts';

type Part = 'open' | 'all' | 'disputed' | 'flagged';

const filters: Readonly<Record<Part, PairFilter>> = {
  open: { ...everyPair, isMine: true, states: ['pending', 'draft', 'skipped'] },
  all: everyPair,
  disputed: { ...everyPair, isDisputed: true },
  flagged: { ...everyPair, isFlagged: true },
};

const parts: readonly { value: Part; label: string }[] = [
  { value: 'open', label: 'What this reviewer has not judged' },
  { value: 'all', label: 'All' },
  { value: 'disputed', label: 'Those that reviewers disagree on' },
  { value: 'flagged', label: 'Flagged ones' },
];

/** Asks for whom a review file is, what goes in, and the passphrase that opens it. */
export function ReviewFileDialog({ set, onClose }: { set: PreferenceSet; onClose: () => void }) {
  const [typedReviewer, setReviewer] = useState('');
  const [part, setPart] = useState<Part>('open');
  const [limit, setLimit] = useState(300);
  const [title, setTitle] = useState('Which answer is better?');
  const [passphrase, setPassphrase] = useState(suggestPassphrase);
  const [typedPath, setPath] = useState<string | null>(null);
  const reviewer = typedReviewer.trim() === '' ? null : typedReviewer.trim();
  const filter = filters[part];
  const found = useReviewCount(set.setId, filter, reviewer).data?.pairs;
  const suggested = useSuggestedPlace(`${title} ${reviewer ?? ''}`.trim().concat('.html')).data?.path ?? '';
  const path = typedPath ?? suggested;
  const make = useMakeReviewFile();
  const count = Math.min(found ?? 0, limit);
  const [one, many] = unitOf(set);
  const isShort = passphraseText(passphrase).length < minPassphrase;
  const isReady = count > 0 && !isShort && title.trim() !== '' && path.trim() !== '';
  const confirm = (): void =>
    make.mutate(
      { setId: set.setId, which: { filter, limit }, reviewer, title, passphrase, path },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      title="Make a review file"
      isOpen
      onClose={onClose}
      width="large"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!isReady || make.isPending} onPress={confirm}>
            Make a file of {formatCount(count, one, many)}
          </Button>
        </>
      }
    >
      <div className="space-y-5">
        <p className="max-w-prose text-sm text-muted">
          One HTML file for a colleague without Lapidary: it opens in any browser, asks nothing of any network
          and does not say who wrote an answer. What it holds is encrypted with the passphrase.
        </p>
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
          <div className="space-y-4">
            <TextField
              label="Reviewer"
              value={typedReviewer}
              onChange={setReviewer}
              description="Leave it empty to give the same file to several; each types a name."
              autoFocus
            />
            <TextField label="Title" value={title} onChange={setTitle} description="The reviewer reads it." />
          </div>
          <div className="space-y-4">
            <RadioGroup label="Which" value={part} onChange={setPart} options={parts} />
            <NumberField
              label="At most"
              value={limit}
              onChange={setLimit}
              minValue={1}
              maxValue={maxReviewPairs}
              description={
                found === undefined ? undefined : `${formatCount(found, one, many)} to choose from.`
              }
            />
          </div>
        </div>
        <div className="space-y-1">
          <div className="flex items-end gap-2">
            <TextField
              label="Passphrase"
              value={passphrase}
              onChange={setPassphrase}
              error={isShort ? `At least ${minPassphrase} characters.` : undefined}
              className="flex-1"
              isMono
            />
            <Button icon={<KeyRound aria-hidden />} onPress={() => setPassphrase(suggestPassphrase())}>
              Another
            </Button>
          </div>
          <p className="text-xs text-muted">
            Note it now: it is kept nowhere, and without it neither the file nor its ballots can be opened.
            Tell it to the reviewer another way than the file.
          </p>
        </div>
        <TextField label="Where" value={path} onChange={setPath} isMono />
        {make.error && <ErrorLine error={make.error} />}
      </div>
    </Dialog>
  );
}
