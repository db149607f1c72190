import { Trash2, WandSparkles } from 'lucide-react';
import type { Dataset } from '../../../shared/features/datasets/datasets.model.ts';
import { tellUndoable } from '../../history.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { tell } from '../../ui/toast.tsx';
import { useDeleteRejected, useMendErrors, useRejected } from './mending.ts';
import { noFilter, type ViewPatch } from './view-state.ts';

/** What is wrong with the examples that hold errors, and what to do. */
function errorWords(found: { isRefused: boolean; isLeaking: boolean }, count: number): string {
  const [examples, them] = [formatCount(count, 'example'), count === 1 ? 'it' : 'them'];
  if (!found.isLeaking) return `A provider would reject ${examples}. Mend ${them}, or leave ${them} out.`;
  if (!found.isRefused)
    return `${examples} in validation or test stand in training too, the same or nearly so. Leave ${them} out, or split again with near-identical prompts kept together.`;
  return `${examples} would be rejected by a provider, or stand in two splits. Mend ${them}, or leave ${them} out.`;
}

/** What stands between this data set and training, and the shortest safe way past it. Nothing without errors. */
export function ErrorBar({ dataset, onShow }: { dataset: Dataset; onShow: (patch: ViewPatch) => void }) {
  const { datasetId, findingCounts } = dataset;
  const rejected = useRejected(datasetId).data;
  const mend = useMendErrors();
  const remove = useDeleteRejected();
  const failure = mend.error ?? remove.error;
  if (findingCounts.error === 0 || !rejected || rejected.examples === 0) return null;
  const examples = formatCount(rejected.examples, 'example');
  const mendAll = (): void =>
    mend.mutate(datasetId, {
      onSuccess: ({ mended, left }) =>
        tell(`${formatCount(mended, 'example')} mended, ${formatCount(left, 'example')} left.`),
    });
  const deleteAll = (): void =>
    remove.mutate(datasetId, {
      onSuccess: ({ changed }) => tellUndoable(`${formatCount(changed, 'example')} deleted.`),
    });
  return (
    <section
      aria-label="Errors"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-6 py-2"
    >
      <p className="flex min-w-0 flex-1 items-center gap-2 text-sm">
        <ToneIcon tone="ruby" className="size-4 shrink-0" />
        <span>{errorWords(rejected, rejected.examples)}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="quiet"
          onPress={() => onShow({ ...noFilter, tab: 'examples', severities: ['error'] })}
        >
          {rejected.examples === 1 ? 'Show it' : 'Show them'}
        </Button>
        {rejected.fixable > 0 && (
          <Button icon={<WandSparkles aria-hidden />} isPending={mend.isPending} onPress={mendAll}>
            Apply safe fixes
          </Button>
        )}
        <Button
          icon={<Trash2 aria-hidden />}
          isPending={remove.isPending}
          isDisabled={mend.isPending}
          onPress={deleteAll}
        >
          Delete {examples}
        </Button>
      </div>
      {failure && <ErrorLine error={failure} />}
    </section>
  );
}
