import { ArrowRight, Gavel } from 'lucide-react';
import { useState } from 'react';
import type { TrustFinding, TrustLogic } from '../../../shared/features/preferences/trust.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { ButtonLink, Link } from '../../ui/link.tsx';
import { Section } from '../../ui/page-head.tsx';
import { Table } from '../../ui/table.tsx';
import { CyclePicture } from './trust-cycle.tsx';
import { adjudicateAddress, brokenText, kindWords, queueAddress } from './trust-words.ts';

/** Findings shown at first; the rest on demand. */
const firstShown = 12;

type OfSet = { setId: string; isClosed: boolean };

function Finding(props: OfSet & { finding: TrustFinding; number: number }) {
  const { setId, finding, number } = props;
  const { title, todo } = kindWords[finding.kind];
  const name = `${title}, ${number}`;
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)_auto] items-start gap-x-2 border-b border-line py-3 last:border-0">
      <span className="pt-px text-right text-xs text-muted tabular-nums">{number}</span>
      <div className="min-w-0">
        <h3 className="text-sm font-medium">
          {title} <span className="ml-1 font-normal text-muted">{formatCount(finding.pairs, 'pair')}</span>
        </h3>
        <p className="truncate text-sm text-muted" title={finding.prompt}>
          “{finding.prompt}”
        </p>
        {finding.broken.map((one) => (
          <p key={one.check + one.detail} className="text-sm break-words">
            {brokenText(one)}
          </p>
        ))}
        {finding.cycle && <CyclePicture cycle={finding.cycle} />}
        <p className="mt-0.5 text-xs text-muted">{todo}</p>
      </div>
      <div className="flex flex-wrap justify-end gap-1.5">
        <ButtonLink
          href={queueAddress(setId, finding.pairIds, finding.judgeFirst)}
          size="compact"
          icon={<ArrowRight aria-hidden />}
        >
          Show<span className="sr-only">{name}</span>
        </ButtonLink>
        {finding.isDispute && !props.isClosed && (
          <ButtonLink
            href={adjudicateAddress(setId, finding.pairIds)}
            size="compact"
            icon={<Gavel aria-hidden />}
          >
            Settle<span className="sr-only">{name}</span>
          </ButtonLink>
        )}
      </div>
    </li>
  );
}

/** One pair may have two winners that both break a check. */
const keyOf = ({ kind, pairIds, broken }: TrustFinding): string => JSON.stringify([kind, pairIds, broken]);

function Kinds({ logic, setId }: { logic: TrustLogic; setId: string }) {
  return (
    <Table
      caption="Contradictions by kind"
      rows={logic.kinds.filter(({ findings }) => findings > 0)}
      rowKey={({ kind }) => kind}
      columns={[
        { id: 'kind', header: 'What', cell: ({ kind }) => kindWords[kind].title },
        { id: 'findings', header: 'Times', align: 'end', cell: ({ findings }) => formatNumber(findings) },
        {
          id: 'pairs',
          header: 'Pairs',
          align: 'end',
          cell: ({ kind, pairs, pairIds }) => (
            <Link
              href={queueAddress(setId, pairIds)}
              aria-label={`${formatCount(pairs, 'pair')}: ${kindWords[kind].title}`}
            >
              {formatNumber(pairs)}
            </Link>
          ),
        },
      ]}
    />
  );
}

/** Contradictions in what was decided: how many pairs they touch, and a list to mend them one after the other. */
export function TrustFindings({ logic, setId, isClosed }: OfSet & { logic: TrustLogic }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? logic.findings : logic.findings.slice(0, firstShown);
  const rest = logic.findings.length - shown.length;
  if (logic.total === 0) {
    return (
      <Section title="Contradictions">
        <p className="flex items-center gap-2 text-sm">
          <ToneIcon tone="emerald" />
          None in {formatCount(logic.decided, 'judged pair')}: no opposite winners, no circles, no winner that
          breaks a check.
        </p>
      </Section>
    );
  }
  return (
    <Section
      title="Contradictions"
      description={`${formatCount(logic.affected, 'pair')} of ${formatNumber(logic.decided)} judged. With the usual policy the set makes ${formatCount(logic.trainingPairs, 'training pair')}, ${formatNumber(logic.affectedTrainingPairs)} of them from an affected pair.`}
    >
      <Kinds logic={logic} setId={setId} />
      <h3 className="mt-5 text-sm font-semibold">What to mend, the most harmful first</h3>
      <ol aria-label="What to mend" className="mt-1 border-t border-line">
        {shown.map((finding, at) => (
          <Finding key={keyOf(finding)} finding={finding} number={at + 1} setId={setId} isClosed={isClosed} />
        ))}
      </ol>
      {rest > 0 && (
        <Button size="compact" className="mt-2" onPress={() => setAll(true)}>
          Show {formatNumber(rest)} more
        </Button>
      )}
      {isAll && logic.total > logic.findings.length && (
        <p className="mt-2 text-xs text-muted">
          {formatNumber(logic.total - logic.findings.length)} more come up once these are mended.
        </p>
      )}
    </Section>
  );
}
