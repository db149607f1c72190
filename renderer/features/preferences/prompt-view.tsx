import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ChatMessage } from '../../../shared/features/datasets/datasets.model.ts';
import type { PromptInput } from '../../../shared/features/preferences/preferences.model.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { MessageContent } from './message-content.tsx';

function Turn({ message, isRaw }: { message: ChatMessage; isRaw: boolean }) {
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3">
      <span className="pt-0.5 text-xs text-muted">{message.role}</span>
      <MessageContent message={message} isRaw={isRaw} />
    </div>
  );
}

/** The question with the conversation before it, which is folded up until wanted. */
export function PromptView({ prompt, isRaw }: { prompt: PromptInput; isRaw: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const { messages, tools } = prompt;
  const last = messages.at(-1);
  const before = messages.slice(0, -1).map((message, place) => ({ key: `${place}`, message }));
  const tooling = tools && tools.length > 0 ? formatCount(tools.length, 'tool') : null;
  const hidden = [
    before.length > 0 ? formatCount(before.length, 'message before', 'messages before') : null,
    tooling,
  ];
  const words = hidden.filter((one) => one !== null).join(', ');
  return (
    <div className="space-y-3">
      {words !== '' && (
        <Button
          size="compact"
          variant="quiet"
          icon={isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          onPress={() => setOpen(!isOpen)}
          className="-ml-2.5 text-muted"
        >
          {isOpen ? `Hide ${words}` : words}
        </Button>
      )}
      {isOpen && tools && tools.length > 0 && (
        <p className="font-mono text-xs break-words text-muted">
          {tools.map((tool) => tool.function.name).join(', ')}
        </p>
      )}
      {isOpen && before.map(({ key, message }) => <Turn key={key} message={message} isRaw={isRaw} />)}
      {last && <Turn message={last} isRaw={isRaw} />}
    </div>
  );
}
