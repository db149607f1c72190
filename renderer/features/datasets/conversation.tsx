import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { formatCount } from '../../ui/format.ts';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import { type Place, shownMessages, shownPair, shownTools } from './chat.ts';
import { MessageCard, type MessageEdit } from './message-card.tsx';
import { PreferencePair } from './preference-pair.tsx';
import { ReinforcementItem } from './reinforcement-item.tsx';

function Tools({ value }: { value: unknown }) {
  const tools = shownTools(value);
  if (tools.length === 0) return null;
  return (
    <details className="rounded-md border border-line">
      <summary className="cursor-default px-3 py-1.5 text-sm text-muted hover:text-ink">
        {formatCount(tools.length, 'tool')} declared:{' '}
        {tools
          .map(({ name }) => name)
          .join(', ')
          .slice(0, 120)}
      </summary>
      <ul className="divide-y divide-line border-t border-line">
        {tools.map((tool) => (
          <li key={tool.json} className="px-3 py-2">
            <p className="font-mono text-xs font-semibold">{tool.name}</p>
            {tool.description && <TextWithBadges text={tool.description} className="text-sm text-muted" />}
            <details className="mt-1">
              <summary className="cursor-default text-xs text-muted hover:text-ink">Definition</summary>
              <TextWithBadges text={tool.json} isMono limit={4000} />
            </details>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The example as a conversation. */
export function Conversation(props: { detail: ExampleDetail; focus: Place | null; edit: MessageEdit }) {
  const { detail, focus } = props;
  const messages = shownMessages(detail.value);
  const pair = shownPair(detail.value);
  return (
    <div className="space-y-4 px-4 py-4">
      {focus && focus.pointer === '' && (
        <p className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">{focus.message}</p>
      )}
      <Tools value={detail.value} />
      {messages.length === 0 && (
        <p className="text-sm text-muted">There are no messages in this example; see its JSON.</p>
      )}
      {pair ? (
        <PreferencePair pair={pair} detail={detail} focus={focus} edit={props.edit} />
      ) : (
        messages.map((message, index) => (
          <MessageCard
            key={message.pointer}
            exampleId={detail.row.exampleId}
            message={message}
            tokens={detail.messageTokens[index]}
            focus={focus}
            edit={props.edit}
          />
        ))
      )}
      <ReinforcementItem detail={detail} focus={focus} />
      {detail.isShortened && (
        <p className="text-sm text-muted">Very long texts are shortened here; the JSON has them whole.</p>
      )}
    </div>
  );
}
