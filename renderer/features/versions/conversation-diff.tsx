import type { ConversationDiff, PartChange } from '../../../shared/features/versions/versions.model.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import { WordDiff } from '../../ui/word-diff.tsx';

const words: Readonly<Record<PartChange['kind'], { word: string; tone: Tone }>> = {
  same: { word: 'same', tone: 'neutral' },
  changed: { word: '≠ changed', tone: 'amber' },
  added: { word: '+ added', tone: 'emerald' },
  removed: { word: '− removed', tone: 'ruby' },
};

function Part({ part }: { part: PartChange }) {
  const { word, tone } = words[part.kind];
  return (
    <li className="border-b border-line py-3 last:border-0">
      <p className="mb-1 flex items-center gap-2 text-xs">
        <span className="font-medium text-muted">{part.title}</span>
        {part.kind !== 'same' && <Badge tone={tone}>{word}</Badge>}
      </p>
      {part.kind === 'changed' && part.before !== null && part.after !== null ? (
        <WordDiff label={`Changes in ${part.title}`} before={part.before} after={part.after} />
      ) : (
        <div className={part.kind === 'same' ? 'text-muted' : ''}>
          <TextWithBadges text={part.after ?? part.before ?? ''} limit={1200} />
        </div>
      )}
    </li>
  );
}

/** Two examples as one conversation: what stayed is quiet, what changed is marked word by word. */
export function ConversationDiffView({ diff }: { diff: ConversationDiff }) {
  return (
    <div className="space-y-4 px-4 py-3">
      {diff.sections
        .filter(({ parts }) => parts.length > 0)
        .map((section) => (
          <section key={section.title} aria-label={section.title}>
            <h3 className="text-xs font-semibold text-muted">{section.title}</h3>
            <ol>
              {section.parts.map((part, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name of their own and never move.
                <Part key={place} part={part} />
              ))}
            </ol>
          </section>
        ))}
    </div>
  );
}
