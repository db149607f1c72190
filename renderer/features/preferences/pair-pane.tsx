import { Play } from 'lucide-react';
import type {
  Candidate,
  PairVerdict,
  PreferenceSet,
} from '../../../shared/features/preferences/preferences.model.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailPane } from '../../ui/detail-pane.tsx';
import { formatCount, formatMoment, formatNumber } from '../../ui/format.ts';
import { ButtonLink } from '../../ui/link.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { MessageContent } from './message-content.tsx';
import { verdictText } from './preference-words.tsx';
import { usePair, usePairHistory } from './preferences.queries.ts';
import { PromptView } from './prompt-view.tsx';

function Answer({ letter, answer }: { letter: string; answer: Candidate }) {
  return (
    <section aria-label={`Answer ${letter}`} className="border-t border-line px-4 py-3">
      <p className="mb-2 flex items-center gap-2 text-xs text-muted">
        <Badge tone="accent">{letter}</Badge>
        {answer.source !== null && <span className="truncate">{answer.source}</span>}
      </p>
      <MessageContent message={answer.message} isRaw={false} />
    </section>
  );
}

const pastWords = { current: null, replaced: 'changed later', withdrawn: 'taken back' } as const;

function Said({ verdict }: { verdict: PairVerdict & { state: keyof typeof pastWords } }) {
  const past = pastWords[verdict.state];
  return (
    <li className="border-b border-line py-2 text-sm last:border-0">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className={past ? 'text-muted line-through' : 'font-medium'}>{verdictText(verdict)}</span>
        {past && <span className="text-xs text-muted">{past}</span>}
        {verdict.role === 'adjudicator' && <Badge tone="amber">adjudicated</Badge>}
        {!verdict.isBlind && <Badge>not blind</Badge>}
      </p>
      <p className="text-xs text-muted">
        {verdict.reviewer}, {formatMoment(verdict.decidedAt)}, after{' '}
        {formatNumber(verdict.elapsedMs / 1000, 1)} s
        {verdict.reasons.length > 0 && ` · ${verdict.reasons.join(', ')}`}
        {verdict.ideal && ' · with an ideal answer'}
      </p>
      {verdict.note && <p className="mt-1 break-words whitespace-pre-wrap">{verdict.note}</p>}
    </li>
  );
}

function History({ setId, pairId }: { setId: string; pairId: number }) {
  const query = usePairHistory(setId, pairId);
  return (
    <section aria-label="Verdicts" className="border-t border-line px-4 py-3">
      <h3 className="text-sm font-semibold">Verdicts</h3>
      <Loaded query={query}>
        {({ verdicts, repeats }) => (
          <>
            {verdicts.length === 0 && <p className="mt-1 text-sm text-muted">Nobody has judged this pair.</p>}
            <ul>
              {verdicts.toReversed().map((verdict) => (
                <Said key={verdict.verdictId} verdict={verdict} />
              ))}
            </ul>
            {repeats.length > 0 && (
              <p className="mt-2 text-xs text-muted">
                Comes back {formatCount(repeats.length, 'time')} with its sides swapped.
              </p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

/** One pair beside the queue: the question, both answers, and all that was ever said of them. */
export function PairPane(props: {
  set: PreferenceSet;
  reviewer: string;
  pairId: number;
  onClose: () => void;
}) {
  const { set, pairId } = props;
  const query = usePair({ setId: set.setId, reviewer: props.reviewer, pairId });
  const position = query.data?.position;
  return (
    <DetailPane
      title={
        position === undefined
          ? 'Pair'
          : `${set.kind === 'pairs' ? 'Pair' : 'Answer'} ${formatNumber(position)}`
      }
      onClose={props.onClose}
      actions={
        set.closedAt === null && (
          <ButtonLink
            href={`/preferences/${set.setId}/judge?pair=${pairId}`}
            size="compact"
            icon={<Play aria-hidden />}
          >
            Judge
          </ButtonLink>
        )
      }
    >
      <Loaded query={query}>
        {(pair) => (
          <ScrollArea label="Question, answers and verdicts" className="h-full rounded-none">
            <section aria-label="Prompt" className="px-4 py-3">
              <PromptView prompt={pair.prompt} isRaw={false} />
            </section>
            <Answer letter={pair.b ? 'A' : 'Answer'} answer={pair.a} />
            {pair.b && <Answer letter="B" answer={pair.b} />}
            {pair.verdict || set.closedAt !== null || !set.settings.isBlind ? (
              <History setId={set.setId} pairId={pairId} />
            ) : (
              <p className="border-t border-line px-4 py-3 text-sm text-muted">
                What others said of it is shown once you have judged it.
              </p>
            )}
          </ScrollArea>
        )}
      </Loaded>
    </DetailPane>
  );
}
