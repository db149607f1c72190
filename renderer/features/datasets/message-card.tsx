import { CornerDownRight, Pencil, Wrench } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/class-names.ts';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import { markedPart, type Place, type ShownCall, type ShownMessage, type ShownPart } from './chat.ts';
import { ImagePart } from './image-part.tsx';

const roleTones: Readonly<Record<string, Tone>> = { assistant: 'accent', tool: 'quartz', function: 'quartz' };

function Part(props: { exampleId: number; part: ShownPart; number: number; focus: Place | null }) {
  const { part, focus } = props;
  if (part.kind === 'image') {
    return <ImagePart exampleId={props.exampleId} part={part} number={props.number} />;
  }
  if (part.kind === 'other') return <TextWithBadges text={part.json} isMono limit={4000} />;
  const mark = focus?.pointer === part.pointer ? markedPart(part.text, focus.found) : null;
  return <TextWithBadges text={part.text} {...(mark ? { mark } : {})} />;
}

function Call({ call, isFocused }: { call: ShownCall; isFocused: boolean }) {
  return (
    <div
      className={cx(
        'rounded-md border bg-sunken px-3 py-2',
        isFocused ? 'border-amber ring-2 ring-amber-line' : 'border-line',
      )}
    >
      <p className="mb-1 flex items-center gap-2 text-sm">
        <Wrench aria-hidden className="size-3.5 text-muted" />
        <span className="font-mono text-xs font-semibold">{call.name || 'no name'}</span>
        {call.id && <span className="truncate font-mono text-xs text-muted">{call.id}</span>}
      </p>
      <TextWithBadges text={call.args} isMono limit={6000} />
    </div>
  );
}

/** The text of a message being written anew; Ctrl/Cmd+Enter saves, Esc gives up. */
function MessageEditor(props: {
  label: string;
  text: string;
  isPending: boolean;
  error: unknown;
  onSave: (text: string) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState(props.text);
  const lines = Math.min(18, Math.max(3, text.split('\n').length + 1));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the field and the buttons inside.
    <div
      className="space-y-2"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) props.onSave(text);
        else if (event.key === 'Escape') props.onCancel();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <TextField label={props.label} isLabelHidden value={text} onChange={setText} lines={lines} autoFocus />
      <div className="flex gap-2">
        <Button
          size="compact"
          variant="primary"
          keys="$mod+Enter"
          onPress={() => props.onSave(text)}
          isPending={props.isPending}
        >
          Save
        </Button>
        <Button size="compact" onPress={props.onCancel}>
          Cancel
        </Button>
      </div>
      {props.error ? <ErrorLine error={props.error} /> : null}
    </div>
  );
}

export type MessageEdit = {
  readonly pointer: string | null;
  readonly isPending: boolean;
  readonly error: unknown;
  start(pointer: string): void;
  save(pointer: string, text: string): void;
  cancel(): void;
};

function Head(props: { message: ShownMessage; tokens: number | undefined; edit: MessageEdit | null }) {
  const { message, edit } = props;
  return (
    <header className="mb-1 flex min-h-6 items-center gap-2 text-xs">
      <Badge tone={roleTones[message.role] ?? 'neutral'}>{message.role}</Badge>
      {message.name && <span className="text-muted">{message.name}</span>}
      {message.answersCall && (
        <span className="flex min-w-0 items-center gap-1 text-muted">
          <CornerDownRight aria-hidden className="size-3" />
          <span className="truncate font-mono">{message.answersCall}</span>
        </span>
      )}
      {message.weight === 0 && (
        <Badge title="Weight 0: the model does not learn this message">not trained</Badge>
      )}
      <span className="flex-1" />
      {props.tokens !== undefined && (
        <span className="text-muted tabular-nums">{formatNumber(props.tokens)} tokens</span>
      )}
      {edit && message.isPlainText && edit.pointer !== message.pointer && (
        <IconButton
          label={`Edit the ${message.role} message`}
          icon={<Pencil aria-hidden />}
          onPress={() => edit.start(message.pointer)}
        />
      )}
    </header>
  );
}

/** One message of the conversation: who, what, which tools it calls; the place of a finding is marked. */
export function MessageCard(props: {
  exampleId: number;
  message: ShownMessage;
  tokens: number | undefined;
  focus: Place | null;
  edit: MessageEdit | null;
}) {
  const { message, focus, edit } = props;
  const card = useRef<HTMLElement>(null);
  const isFocused =
    focus !== null && (focus.pointer === message.pointer || focus.pointer.startsWith(`${message.pointer}/`));
  useEffect(() => {
    if (isFocused) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isFocused]);
  const isEditing = edit !== null && edit.pointer === message.pointer;
  const plain = message.parts[0]?.kind === 'text' ? message.parts[0].text : '';
  return (
    <article
      ref={card}
      aria-label={`${message.role} message`}
      className={cx(
        'border-l-2 py-1 pl-3',
        isFocused
          ? 'border-amber bg-amber-soft/40'
          : message.role === 'assistant'
            ? 'border-accent'
            : 'border-line',
      )}
    >
      <Head message={message} tokens={props.tokens} edit={edit} />
      {isEditing ? (
        <MessageEditor
          label={`Text of the ${message.role} message`}
          text={plain}
          isPending={edit.isPending}
          error={edit.error}
          onSave={(text) => edit.save(message.pointer, text)}
          onCancel={() => edit.cancel()}
        />
      ) : (
        <div className="space-y-2">
          {message.parts.map((part, index) => (
            <Part
              key={part.pointer}
              exampleId={props.exampleId}
              part={part}
              number={index + 1}
              focus={focus}
            />
          ))}
          {message.calls.map((call) => (
            <Call
              key={call.pointer}
              call={call}
              isFocused={focus !== null && focus.pointer.startsWith(call.pointer)}
            />
          ))}
          {message.parts.length === 0 && message.calls.length === 0 && (
            <p className="text-sm text-muted italic">no content</p>
          )}
        </div>
      )}
    </article>
  );
}
