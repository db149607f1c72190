import { ArrowDown, ArrowUp, Plus, Trash2, Wrench } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { tellUndoable } from '../../history.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import {
  callsField,
  type Draft,
  draftCalls,
  draftMessages,
  type DraftPart,
  draftParts,
  type DraftTool,
  draftTools,
  extended,
  moved,
  patched,
  without,
  withPart,
} from './chat-draft.ts';
import { useEditExample, useExampleText } from './datasets.queries.ts';
import { LiveFindings } from './live-findings.tsx';
import { ToolCallForm } from './tool-call-form.tsx';

const roles = ['system', 'developer', 'user', 'assistant', 'tool'].map((role) => ({
  value: role,
  label: role,
}));

type MessageProps = {
  message: JsonObject;
  index: number;
  count: number;
  tools: readonly DraftTool[];
  onPatch: (patch: Readonly<Record<string, unknown>>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

function MessageHead(props: MessageProps) {
  const { message, index } = props;
  const number = index + 1;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label={`Role of message ${number}`}
        isLabelHidden
        size="compact"
        options={roles}
        value={typeof message.role === 'string' ? message.role : null}
        onChange={(role) => props.onPatch({ role })}
        className="w-32"
      />
      {message.role === 'assistant' && (
        <Checkbox
          isSelected={message.weight !== 0}
          onChange={(isTrained) => props.onPatch({ weight: isTrained ? undefined : 0 })}
        >
          Train on it
        </Checkbox>
      )}
      <span className="flex-1" />
      <IconButton
        label={`Move message ${number} up`}
        icon={<ArrowUp aria-hidden />}
        onPress={() => props.onMove(-1)}
        isDisabled={index === 0}
      />
      <IconButton
        label={`Move message ${number} down`}
        icon={<ArrowDown aria-hidden />}
        onPress={() => props.onMove(1)}
        isDisabled={index === props.count - 1}
      />
      <IconButton label={`Delete message ${number}`} icon={<Trash2 aria-hidden />} onPress={props.onRemove} />
    </div>
  );
}

function MessageForm(props: MessageProps) {
  const { message, index, tools, onPatch } = props;
  const { content } = message;
  const calls = draftCalls(message);
  const hasText = typeof content === 'string' || content === null || content === undefined;
  return (
    <li className="space-y-2 border-b border-line px-4 py-3 last:border-0">
      <MessageHead {...props} />
      {message.role === 'tool' && (
        <TextField
          label="Answers the call with id"
          value={typeof message.tool_call_id === 'string' ? message.tool_call_id : ''}
          onChange={(id) => onPatch({ tool_call_id: id })}
          isMono
        />
      )}
      {hasText ? (
        <TextField
          label={`Text of message ${index + 1}`}
          isLabelHidden
          value={content ?? ''}
          onChange={(text) => onPatch({ content: text === '' && calls.length > 0 ? undefined : text })}
          lines={Math.min(10, Math.max(2, (content ?? '').split('\n').length))}
        />
      ) : (
        <p className="text-sm text-muted">This message has several parts; edit them in the JSON.</p>
      )}
      {calls.map((call, at) => (
        <ToolCallForm
          // biome-ignore lint/suspicious/noArrayIndexKey: a call has no identity but its place; its id is being typed.
          key={at}
          call={call}
          tools={tools}
          onChange={(next) => onPatch({ tool_calls: callsField(calls.with(at, next)) })}
          onRemove={() => onPatch({ tool_calls: callsField(calls.filter((_, other) => other !== at)) })}
        />
      ))}
      {message.role === 'assistant' && tools.length > 0 && (
        <Button
          size="compact"
          variant="quiet"
          icon={<Wrench aria-hidden />}
          onPress={() =>
            onPatch({
              tool_calls: callsField([
                ...calls,
                { id: `call_${index + 1}_${calls.length + 1}`, name: tools[0]?.name ?? '', args: '{}' },
              ]),
            })
          }
        >
          Add a tool call
        </Button>
      )}
    </li>
  );
}

function PartForm({ part, onChange }: { part: DraftPart; onChange: (draft: Draft) => void }) {
  const { draft, title } = part;
  const messages = draftMessages(draft);
  const tools = useMemo(() => draftTools(draft), [draft]);
  return (
    <section aria-label={title ?? 'Conversation'}>
      {title && <h3 className="border-b border-line bg-sunken px-4 py-1.5 text-xs font-medium">{title}</h3>}
      <ol aria-label="Messages">
        {messages.map((message, index) => (
          <MessageForm
            // biome-ignore lint/suspicious/noArrayIndexKey: a message has no identity but its place.
            key={index}
            message={message}
            index={index}
            count={messages.length}
            tools={tools}
            onPatch={(patch) => onChange(patched(draft, index, patch))}
            onMove={(by) => onChange(moved(draft, index, by))}
            onRemove={() => onChange(without(draft, index))}
          />
        ))}
        <li className="px-4 py-3">
          <Button size="compact" icon={<Plus aria-hidden />} onPress={() => onChange(extended(draft))}>
            Add a message
          </Button>
        </li>
      </ol>
    </section>
  );
}

function Editor({ detail, text }: { detail: ExampleDetail; text: string }) {
  const original = useMemo(() => JSON.parse(text) as Draft, [text]);
  const [draft, setDraft] = useState(original);
  const [base, setBase] = useState(original);
  // The example changed behind the form, e.g. by undo: the form begins again from it.
  if (base !== original) {
    setBase(original);
    setDraft(original);
  }
  const edit = useEditExample();
  const isChanged = draft !== original;
  const { exampleId, position } = detail.row;
  const json = useMemo(() => JSON.stringify(draft), [draft]);
  const save = (): void =>
    edit.mutate(
      { exampleId, text: json },
      { onSuccess: () => tellUndoable(`Example ${position} is changed.`) },
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the fields inside.
    <div
      className="flex h-full min-h-0 flex-col"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !isChanged) return;
        event.preventDefault();
        save();
      }}
    >
      <div className="min-h-0 flex-1 overflow-auto">
        {draftParts(draft).map((part) => (
          <PartForm key={part.id} part={part} onChange={(next) => setDraft(withPart(draft, part.id, next))} />
        ))}
      </div>
      <div className="shrink-0 space-y-2 border-t border-line px-4 py-2">
        <LiveFindings datasetId={detail.datasetId} text={json} isChanged={isChanged} />
        {edit.error && <ErrorLine error={edit.error} />}
        <div className="flex gap-2">
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
          <Button size="compact" onPress={() => setDraft(original)} isDisabled={!isChanged}>
            Discard
          </Button>
        </div>
      </div>
    </div>
  );
}

/** The whole conversation as a form: roles, texts, weights, tool calls, in any order; checked while one writes. */
export function ConversationEditor({ detail }: { detail: ExampleDetail }) {
  const query = useExampleText(detail.row.exampleId);
  return (
    <Loaded query={query} label="Reading the example">
      {({ text }) => <Editor key={detail.row.exampleId} detail={detail} text={text} />}
    </Loaded>
  );
}
