import { CornerUpRight, Crosshair, Wand2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type {
  ExampleDetail,
  ExampleMarkRow,
  Finding,
} from '../../../shared/features/datasets/datasets.model.ts';
import { titleOfFinding } from '../../../shared/features/datasets/mark-codes.ts';
import { platformAnswer } from '../../../shared/features/datasets/sft/finding-codes.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import type { Place } from './chat.ts';
import { severityTones } from './dataset-words.tsx';

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="grid grid-cols-[5rem_minmax(0,1fr)] gap-2 text-xs">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">
        <TextWithBadges text={children} isMono limit={600} />
      </dd>
    </div>
  );
}

/** What another feature says about the example, with the way to the other example it is about. */
function MarkItem(props: { mark: ExampleMarkRow; onShow: () => void; onOpen: (exampleId: number) => void }) {
  const { mark, onOpen } = props;
  const { relatedExampleId, relatedPosition } = mark;
  return (
    <li className="border-b border-line px-4 py-3 last:border-0">
      <div className="flex items-start gap-2.5">
        <ToneIcon tone={severityTones[mark.severity]} label={mark.severity} className="mt-0.5" />
        <div className="min-w-0 flex-1 space-y-1.5">
          <h3 className="text-sm font-semibold">{titleOfFinding(mark.code)}</h3>
          <TextWithBadges text={mark.message} className="text-sm" />
          {mark.pointer !== '' && (
            <dl>
              <Fact name="Place">{mark.pointer}</Fact>
            </dl>
          )}
          <div className="flex flex-wrap gap-2 pt-1">
            <Button size="compact" icon={<Crosshair aria-hidden />} onPress={props.onShow}>
              Show the place
            </Button>
            {relatedExampleId !== null && relatedPosition !== null && (
              <Button
                size="compact"
                icon={<CornerUpRight aria-hidden />}
                onPress={() => onOpen(relatedExampleId)}
              >
                Go to example {formatNumber(relatedPosition)}
              </Button>
            )}
          </div>
        </div>
      </div>
    </li>
  );
}

function FindingItem(props: {
  finding: Finding;
  onShow: () => void;
  onFix: () => void;
  onFixAll: () => void;
  isPending: boolean;
}) {
  const { finding } = props;
  const answer = platformAnswer(finding.code);
  return (
    <li className="border-b border-line px-4 py-3 last:border-0">
      <div className="flex items-start gap-2.5">
        <ToneIcon tone={severityTones[finding.severity]} label={finding.severity} className="mt-0.5" />
        <div className="min-w-0 flex-1 space-y-1.5">
          <h3 className="text-sm font-semibold">{titleOfFinding(finding.code)}</h3>
          <TextWithBadges text={finding.message} className="text-sm" />
          <dl className="space-y-0.5">
            {finding.pointer !== '' && <Fact name="Place">{finding.pointer}</Fact>}
            {finding.expected !== null && <Fact name="Expected">{finding.expected}</Fact>}
            {finding.found !== null && <Fact name="Found">{finding.found}</Fact>}
            {answer !== null && <Fact name="Platform">{answer}</Fact>}
          </dl>
          <div className="flex flex-wrap gap-2 pt-1">
            <Button size="compact" icon={<Crosshair aria-hidden />} onPress={props.onShow}>
              Show the place
            </Button>
            {finding.fix && (
              <>
                <Button
                  size="compact"
                  icon={<Wand2 aria-hidden />}
                  onPress={props.onFix}
                  isPending={props.isPending}
                >
                  {finding.fix.label}
                </Button>
                <Button size="compact" variant="quiet" onPress={props.onFixAll}>
                  In all examples
                </Button>
              </>
            )}
          </div>
        </div>
      </div>
    </li>
  );
}

/** What was found in an example: where, what was expected, and the fix where one is safe. */
export function FindingsList(props: {
  detail: ExampleDetail;
  onShow: (place: Place) => void;
  onOpen: (exampleId: number) => void;
  onFix: (finding: Finding) => void;
  onFixAll: (finding: Finding) => void;
  isPending: boolean;
  error: unknown;
}) {
  const { findings } = props.detail;
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(findings.length);
  // The button of a finding that was mended is gone; without this the keyboard would start from the top of the page.
  useEffect(() => {
    if (findings.length < before.current) box.current?.focus();
    before.current = findings.length;
  }, [findings.length]);
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      <Items {...props} />
    </div>
  );
}

function Items(props: Parameters<typeof FindingsList>[0]) {
  const { findings, marks } = props.detail;
  if (findings.length + marks.length === 0) {
    return (
      <EmptyState icon={<ToneIcon tone="emerald" />} title="Nothing found">
        This example follows every rule Lapidary knows.
      </EmptyState>
    );
  }
  return (
    <>
      {props.error ? <ErrorLine error={props.error} className="m-4" /> : null}
      <ul>
        {findings.map((finding) => (
          <FindingItem
            key={`${finding.code} ${finding.pointer} ${finding.message}`}
            finding={finding}
            onShow={() => props.onShow(finding)}
            onFix={() => props.onFix(finding)}
            onFixAll={() => props.onFixAll(finding)}
            isPending={props.isPending}
          />
        ))}
        {marks.map((mark) => (
          <MarkItem
            key={`${mark.code} ${mark.pointer} ${mark.message} ${mark.relatedExampleId}`}
            mark={mark}
            onShow={() => props.onShow({ ...mark, found: null })}
            onOpen={props.onOpen}
          />
        ))}
      </ul>
    </>
  );
}
