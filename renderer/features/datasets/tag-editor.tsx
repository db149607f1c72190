import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { Chip } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
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
    <div data-tag-field className="flex min-w-0 flex-wrap items-center gap-2">
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
          className="w-28"
        />
        {text.trim() !== '' && <IconButton label="Tag" icon={<Plus aria-hidden />} onPress={put} />}
      </form>
      {change.error && <ErrorLine error={change.error} />}
    </div>
  );
}
