import { ThumbsDown, ThumbsUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { formatNumber } from '../../ui/format.ts';
import type { Place, ShownMessage, ShownPair } from './chat.ts';
import { MessageCard, type MessageEdit } from './message-card.tsx';

type PairProps = { pair: ShownPair; detail: ExampleDetail; focus: Place | null; edit: MessageEdit };

function Side(props: {
  title: string;
  icon: ReactNode;
  messages: readonly ShownMessage[];
  first: number;
  pair: PairProps;
}) {
  const { detail, focus, edit } = props.pair;
  const tokens = props.messages.reduce(
    (sum, _, at) => sum + (detail.messageTokens[props.first + at] ?? 0),
    0,
  );
  return (
    <section aria-label={props.title} className="min-w-0 flex-1 basis-64">
      <h3 className="mb-2 flex items-center gap-1.5 text-sm font-semibold">
        {props.icon}
        {props.title}
        <span className="ml-auto text-xs font-normal text-muted tabular-nums">
          {formatNumber(tokens)} tokens
        </span>
      </h3>
      {props.messages.length === 0 && (
        <p className="text-sm text-muted">This side is missing; see the JSON.</p>
      )}
      <div className="space-y-4">
        {props.messages.map((message, at) => (
          <MessageCard
            key={message.pointer}
            exampleId={detail.row.exampleId}
            message={message}
            tokens={detail.messageTokens[props.first + at]}
            focus={focus}
            edit={edit}
          />
        ))}
      </div>
    </section>
  );
}

/** A preference pair: the prompt, then the preferred and the other answer side by side. */
export function PreferencePair(props: PairProps) {
  const { pair, detail, focus, edit } = props;
  const [asked, answered] = [pair.input.length, pair.input.length + pair.preferred.length];
  return (
    <>
      {pair.isMisspelled && (
        <p className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
          The pair is written in another spelling; it is shown as what it says. Its finding mends the keys.
        </p>
      )}
      {pair.input.map((message, index) => (
        <MessageCard
          key={message.pointer}
          exampleId={detail.row.exampleId}
          message={message}
          tokens={detail.messageTokens[index]}
          focus={focus}
          edit={edit}
        />
      ))}
      <div className="flex flex-wrap gap-x-5 gap-y-6 border-t border-line pt-4">
        <Side
          title="Preferred"
          icon={<ThumbsUp aria-hidden className="size-4 text-emerald" />}
          messages={pair.preferred}
          first={asked}
          pair={props}
        />
        <Side
          title="Not preferred"
          icon={<ThumbsDown aria-hidden className="size-4 text-ruby" />}
          messages={pair.other}
          first={answered}
          pair={props}
        />
      </div>
    </>
  );
}
