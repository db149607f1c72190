import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { Chip } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useChangeTags } from './datasets.queries.ts';

/** The tags of an example: taken off by their cross, put on by typing. */
export function TagEditor({ detail }: { detail: ExampleDetail }) {
  const [text, setText] = useState('');
  const change = useChangeTags();
  const which = { exampleIds: [detail.row.exampleId] };
  const put = (): void => {
    const tag = text.trim().slice(0, 40);
    if (tag === '') return;
    change.mutate(
      { datasetId: detail.datasetId, which, add: [tag], remove: [] },
      { onSuccess: () => setText('') },
    );
  };
  return (
    <div data-tag-field className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line px-4 py-2">
      {detail.row.tags.map((tag) => (
        <Chip
          key={tag}
          tone="neutral"
          removeLabel={`Remove tag ${tag}`}
          onRemove={() => change.mutate({ datasetId: detail.datasetId, which, add: [], remove: [tag] })}
        >
          {tag}
        </Chip>
      ))}
      <form
        className="flex items-center gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          put();
        }}
      >
        <TextField
          label="New tag"
          isLabelHidden
          value={text}
          onChange={setText}
          placeholder="Add a tag"
          className="w-32"
        />
        <Button type="submit" size="compact" icon={<Plus aria-hidden />} isDisabled={text.trim() === ''}>
          Tag
        </Button>
      </form>
      {change.error && <ErrorLine error={change.error} />}
    </div>
  );
}
