import type { OutcomePolicy } from '../../../shared/features/preferences/outcome.model.ts';
import type { PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import { Checkbox, RadioGroup, Slider } from '../../ui/choice.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';

type Change = (patch: Partial<OutcomePolicy>) => void;

const methods = [
  { value: 'dpo', label: 'Preference pairs (DPO)', description: 'The better answer beside the other.' },
  { value: 'sft', label: 'Chats (SFT)', description: 'The better answer alone.' },
] as const;

const ratedMethods = [
  { value: 'sft', label: 'Chats (SFT)', description: 'Answers with enough stars, or rewritten.' },
  { value: 'dpo', label: 'Preference pairs (DPO)', description: 'Rewritten answers beside the rated ones.' },
] as const;

const strengths = [
  { value: '1', label: 'Slightly better is enough' },
  { value: '2', label: 'Clearly better or more' },
  { value: '3', label: 'Far better only' },
] as const;

const repeats = [
  { value: 'identical', label: 'Keep the first of equal rows' },
  { value: 'prompt', label: 'One row a prompt, the strongest' },
  { value: 'none', label: 'Keep all' },
] as const;

/** Which verdicts make a row. */
export function OutcomePolicyForm(props: {
  kind: PreferenceKind;
  policy: OutcomePolicy;
  onChange: (policy: OutcomePolicy) => void;
}) {
  const { kind, policy } = props;
  const change: Change = (patch) => props.onChange({ ...policy, ...patch });
  return (
    <div className="space-y-5">
      <RadioGroup
        label="Rows are"
        options={kind === 'pairs' ? methods : ratedMethods}
        value={policy.method}
        onChange={(method) => change({ method })}
      />
      <NumberField
        label="Verdicts needed"
        description="Reviewers who judged the pair; an adjudicator decides alone."
        value={policy.minVerdicts}
        minValue={1}
        maxValue={9}
        onChange={(minVerdicts) =>
          change({ minVerdicts: Math.min(9, Math.max(1, Math.round(minVerdicts || 1))) })
        }
      />
      {kind === 'pairs' ? (
        <PairRules policy={policy} change={change} />
      ) : (
        <Slider
          label="Stars needed on average"
          value={policy.minRating}
          minValue={1}
          maxValue={5}
          step={0.5}
          onChange={(minRating) => change({ minRating })}
        />
      )}
      <Select
        label="Rows that repeat each other"
        options={repeats}
        value={policy.deduplicate}
        onChange={(deduplicate) => change({ deduplicate })}
      />
      <LeaveOut kind={kind} policy={policy} change={change} />
    </div>
  );
}

function PairRules({ policy, change }: { policy: OutcomePolicy; change: Change }) {
  return (
    <>
      <Slider
        label="Agreement needed"
        value={policy.minAgreement}
        minValue={0.5}
        maxValue={1}
        step={0.05}
        format={{ style: 'percent' }}
        onChange={(minAgreement) => change({ minAgreement })}
      />
      <Select
        label="Strength needed"
        description="The median of those for the winner; none given counts as slightly."
        options={strengths}
        value={String(policy.minStrength) as '1' | '2' | '3'}
        onChange={(minStrength) => change({ minStrength: Number(minStrength) })}
      />
    </>
  );
}

function LeaveOut({ kind, policy, change }: { kind: PreferenceKind; policy: OutcomePolicy; change: Change }) {
  return (
    <div className="space-y-2">
      <Checkbox isSelected={policy.useIdeal} onChange={(useIdeal) => change({ useIdeal })}>
        Use the edited answer where there is one
      </Checkbox>
      {kind === 'pairs' && (
        <>
          <Checkbox
            isSelected={policy.onInconsistent === 'no_vote'}
            onChange={(isStrict) => change({ onInconsistent: isStrict ? 'no_vote' : 'latest' })}
            description="Otherwise their later verdict counts."
          >
            No vote for who contradicts their own repeat
          </Checkbox>
          <Checkbox
            isSelected={policy.onOpposite === 'leave_out'}
            onChange={(isOut) => change({ onOpposite: isOut ? 'leave_out' : 'keep' })}
          >
            Leave out rows that teach the opposite of each other
          </Checkbox>
          {policy.method === 'sft' && (
            <Checkbox
              isSelected={policy.onBothGood === 'keep_both'}
              onChange={(isKept) => change({ onBothGood: isKept ? 'keep_both' : 'leave_out' })}
            >
              Two good answers make two chats
            </Checkbox>
          )}
        </>
      )}
      <Checkbox
        isSelected={policy.leaveOutFlagged}
        onChange={(leaveOutFlagged) => change({ leaveOutFlagged })}
      >
        Leave out what is flagged
      </Checkbox>
      <Checkbox isSelected={policy.onlyBlind} onChange={(onlyBlind) => change({ onlyBlind })}>
        Only verdicts that were given blind
      </Checkbox>
    </div>
  );
}
