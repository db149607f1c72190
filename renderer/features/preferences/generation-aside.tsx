import { Sparkles } from 'lucide-react';
import type {
  GenerationPlan,
  GenerationRequest,
} from '../../../shared/features/preferences/generation.model.ts';
import { practiceConnectionId } from '../../../shared/features/providers/providers.model.ts';
import type { PreferenceKind } from '../../../shared/features/preferences/preferences.model.ts';
import { PracticeBadge, ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatMoney, formatNumber } from '../../ui/format.ts';
import { useGo } from '../../ui/location.ts';
import { Progress } from '../../ui/progress.tsx';
import { Facts, Stat } from '../../ui/stat.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { type SetDraft, settingsOfDraft } from './set-draft.ts';
import { useGenerationPlan, useStartGeneration } from './generation.queries.ts';

const priceOf = ({ costMicroUsd }: GenerationPlan): string =>
  costMicroUsd === null ? 'not on file' : formatMoney(costMicroUsd);

function leftOut({ skipped, duplicates }: GenerationPlan): string {
  const parts = [
    skipped > 0 ? `${formatCount(skipped, 'example')} without a question` : '',
    duplicates > 0 ? `${formatCount(duplicates, 'example')} that ask the same as another` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What would be sent, word for word at its beginning. */
function Samples({ plan }: { plan: GenerationPlan }) {
  return (
    <details className="rounded-md border border-line px-3 py-2 text-sm">
      <summary className="cursor-default font-medium">
        {plan.staysOnThisMachine ? 'What is asked' : 'What is sent'}
      </summary>
      <ul className="mt-2 space-y-2 text-muted">
        {[...new Set(plan.samples)].map((sample) => (
          <li key={sample} className="line-clamp-3 border-l-2 border-line-strong pl-2 break-words">
            {sample}
          </li>
        ))}
      </ul>
      <p className="mt-2 text-xs text-muted">
        {plan.prompts > plan.samples.length &&
          `and ${formatCount(plan.prompts - plan.samples.length, 'more prompt', 'more prompts')}; `}
        each with the messages and tools before its answer, never the answer. SHA-256{' '}
        <span className="font-mono" title={plan.sha256}>
          {plan.sha256.slice(0, 12)}…
        </span>
      </p>
    </details>
  );
}

function PlanView({ plan, kind }: { plan: GenerationPlan; kind: PreferenceKind }) {
  const out = leftOut(plan);
  const k = plan.answersPerPrompt;
  const most = kind === 'pairs' ? (plan.prompts * k * (k - 1)) / 2 : plan.requests;
  return (
    <div className="space-y-4">
      <div className="flex items-start justify-between gap-3">
        <Stat
          label="To ask"
          value={formatNumber(plan.requests)}
          detail={`${formatCount(plan.prompts, 'prompt')}, ${formatCount(k, 'answer')} each; at most ${formatCount(most, kind === 'pairs' ? 'pair' : 'answer')} to judge`}
        />
        {plan.staysOnThisMachine && <PracticeBadge />}
      </div>
      <Facts
        facts={[
          {
            name: 'Goes to',
            value: plan.staysOnThisMachine ? 'this machine; nothing leaves it' : plan.host,
          },
          {
            name: 'Price',
            value: (
              <>
                <span className="font-medium">{priceOf(plan)}</span>
                <span className="block text-xs text-muted">{plan.costNote}</span>
              </>
            ),
          },
          {
            name: 'Tokens',
            value: `about ${formatNumber(plan.promptTokens)} in, at most ${formatNumber(plan.answerTokens)} out`,
          },
          ...(out === '' ? [] : [{ name: 'Left out', value: out }]),
        ]}
      />
      {plan.prompts > 0 && <Samples plan={plan} />}
      {plan.notes.map((note) => (
        <p key={note} className="text-sm text-muted">
          {note}
        </p>
      ))}
      {plan.block && (
        <p
          role="alert"
          className="flex gap-2 rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm"
        >
          <ToneIcon tone="amber" className="mt-0.5 shrink-0" />
          <span className="min-w-0 break-words">
            <span className="font-medium">{plan.block.what}</span> {plan.block.todo}
          </span>
        </p>
      )}
    </div>
  );
}

function verbOf(plan: GenerationPlan): string {
  const questions = formatCount(plan.requests, 'question');
  if (plan.staysOnThisMachine) return `Ask ${questions} here`;
  return plan.costMicroUsd === null
    ? `Send ${questions} at a price not on file`
    : `Send ${questions} for at most ${formatMoney(plan.costMicroUsd)}`;
}

/** What asking would do, at what price, and the one button that approves and starts it. */
export function GenerationAside(props: {
  request: GenerationRequest | null;
  kind: PreferenceKind;
  name: string;
  onName: (name: string) => void;
  draft: SetDraft;
}) {
  const { request, kind } = props;
  const settled = useSettled(request);
  const query = useGenerationPlan(settled);
  const start = useStartGeneration();
  const go = useGo();
  if (!request) {
    return (
      <p className="text-sm text-muted">
        Choose whose prompts are asked and at least one model; what would be asked, of whom and at what price
        then stands here, before anything is sent.
      </p>
    );
  }
  const plan = query.data ?? null;
  const isCurrent = !query.isPlaceholderData && JSON.stringify(settled) === JSON.stringify(request);
  const approvalId = plan?.approval?.approvalId;
  const ownName = `${plan?.datasetName ?? ''}, asked`.slice(0, 120);
  const begin = (): void => {
    if (approvalId === undefined || !isCurrent) return;
    const name = props.name.trim() || ownName;
    start.mutate(
      { request, approvalId, name, kind, settings: settingsOfDraft(props.draft) },
      {
        onSuccess: ({ setId }) => go(`/preferences/${setId}`, { replace: true }),
        onError: () => void query.refetch(),
      },
    );
  };
  return (
    <>
      {query.error ? <ErrorLine error={query.error} /> : null}
      {!query.error && !plan && <Progress label="Counting what would be asked" done={0} total={0} />}
      {!query.error && plan && <PlanView plan={plan} kind={kind} />}
      <TextField
        label="Name"
        value={props.name}
        onChange={(text) => props.onName(text.slice(0, 120))}
        placeholder={plan ? ownName : ''}
      />
      {start.error && <ErrorLine error={start.error} />}
      <Button
        variant="primary"
        icon={request.connectionId === practiceConnectionId ? <Sparkles aria-hidden /> : undefined}
        isDisabled={approvalId === undefined || !isCurrent || query.error !== null}
        isPending={start.isPending}
        onPress={begin}
        className="w-full"
      >
        {plan ? verbOf(plan) : 'Ask'}
      </Button>
    </>
  );
}
