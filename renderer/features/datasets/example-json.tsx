import { useEffect, useState } from 'react';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { JsonEditor } from '../../ui/json-editor.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useEditExample, useExampleText } from './datasets.queries.ts';
import { LiveFindings } from './live-findings.tsx';

/** Indented when it is JSON; the line as it is when it is not. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Editor(props: { exampleId: number; datasetId: string; text: string; onSaved: () => void }) {
  const original = pretty(props.text);
  const [text, setText] = useState(original);
  const edit = useEditExample();
  useEffect(() => setText(original), [original]);
  const isChanged = text !== original;
  const save = (): void =>
    edit.mutate({ exampleId: props.exampleId, text }, { onSuccess: () => props.onSaved() });
  return (
    <div className="flex h-full min-h-0 flex-col gap-2 px-4 py-3">
      <JsonEditor
        label="JSON of the example"
        value={text}
        onChange={setText}
        onSubmit={save}
        className="flex-1"
      />
      <LiveFindings datasetId={props.datasetId} text={text} isChanged={isChanged} />
      {edit.error && <ErrorLine error={edit.error} />}
      <div className="flex shrink-0 items-center gap-2">
        <Button
          size="compact"
          variant="primary"
          keys="$mod+Enter"
          onPress={save}
          isDisabled={!isChanged}
          isPending={edit.isPending}
        >
          Save
        </Button>
        <Button size="compact" onPress={() => setText(original)} isDisabled={!isChanged}>
          Discard
        </Button>
        <p className="ml-auto truncate text-xs text-muted">
          {isChanged ? 'Saved as compact JSON; undo brings back the original bytes.' : ''}
        </p>
      </div>
    </div>
  );
}

/** The whole example as JSON, to read and to edit. */
export function ExampleJson(props: { detail: ExampleDetail; onSaved: () => void }) {
  const { exampleId } = props.detail.row;
  const query = useExampleText(exampleId);
  return (
    <Loaded query={query} label="Reading the JSON">
      {({ text }) => (
        <Editor
          key={exampleId}
          exampleId={exampleId}
          datasetId={props.detail.datasetId}
          text={text}
          onSaved={props.onSaved}
        />
      )}
    </Loaded>
  );
}
