import { CircleCheck, CircleMinus, CircleX } from 'lucide-react';
import type { ItemOutcome, Verdict } from '../../../shared/features/evals/evals.model.ts';
import { outcomeWords, verdictWords } from '../../../shared/features/evals/words.rules.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';

const verdicts = {
  better: { tone: 'emerald', Picture: CircleCheck },
  worse: { tone: 'ruby', Picture: CircleX },
  no_evidence: { tone: 'neutral', Picture: CircleMinus },
} as const;

/** What the interval says: better, worse, or no evidence. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const { tone, Picture } = verdicts[verdict];
  return (
    <Badge tone={tone} icon={<Picture aria-hidden />}>
      {verdictWords[verdict]}
    </Badge>
  );
}

const outcomes: Readonly<Record<ItemOutcome, Tone>> = {
  improved: 'emerald',
  worsened: 'ruby',
  both_right: 'neutral',
  both_wrong: 'amber',
  unchanged: 'neutral',
};

/** How an item fared. */
export function OutcomeBadge({ outcome }: { outcome: ItemOutcome }) {
  return <Badge tone={outcomes[outcome]}>{outcomeWords[outcome]}</Badge>;
}
