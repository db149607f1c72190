import { ScanSearch, ShieldCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Overview, PersonalDataType } from '../../../shared/features/privacy/privacy.model.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useCommands } from '../../ui/commands.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatMoment, formatNumber, formatPercent } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Progress } from '../../ui/progress.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { SplitPane } from '../../ui/split-pane.tsx';
import { DetectionsPane } from './detections-pane.tsx';
import { GateForm } from './gate-form.tsx';
import { MeasuredDialog } from './measured-dialog.tsx';
import { useOverview, useRunningScan, useScan } from './privacy.queries.ts';
import { RevealForm } from './reveal-form.tsx';
import { TypeList } from './type-list.tsx';

function stateLine({ scan, found, states, rulesVersion, unscanned }: Overview): string {
  if (!scan) return 'Not scanned yet.';
  const rules =
    scan.rulesVersion === rulesVersion ? `rules v${scan.rulesVersion}` : `older rules, v${scan.rulesVersion}`;
  const rest = unscanned > 0 ? ` ${formatCount(unscanned, 'example')} not looked at since.` : '';
  return `Scanned with ${rules}, ${formatCount(found, 'finding')}, ${formatNumber(found - states.open)} resolved.${rest}`;
}

function Head({
  overview,
  datasetId,
  onScan,
  isStarting,
}: {
  overview: Overview;
  datasetId: string;
  onScan: () => void;
  isStarting: boolean;
}) {
  const running = useRunningScan(datasetId);
  return (
    <div className="space-y-2 border-b border-line px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="text-sm font-medium text-pretty">{stateLine(overview)}</p>
          {overview.scan && <p className="text-xs text-muted">{formatMoment(overview.scan.scannedAt)}</p>}
        </div>
        {overview.scan && (
          <Button
            size="compact"
            variant={overview.unscanned > 0 ? 'primary' : 'secondary'}
            icon={<ScanSearch aria-hidden />}
            onPress={onScan}
            isPending={isStarting || running !== null}
            isDisabled={overview.unscanned === 0}
          >
            {overview.unscanned === 0 ? 'All scanned' : `Scan ${formatNumber(overview.unscanned)}`}
          </Button>
        )}
      </div>
      {running && <Progress label="Looking for personal data" done={running.done} total={running.total} />}
      {overview.block && (
        <p className="flex gap-2 rounded-md border border-ruby-line bg-ruby-soft px-3 py-2 text-sm text-pretty">
          <ToneIcon tone="ruby" label="Held back" className="mt-0.5" />
          <span>
            <span className="font-medium">Held back: </span>
            {overview.block.what}
          </span>
        </p>
      )}
    </div>
  );
}

function Measured({ overview }: { overview: Overview }) {
  const [isOpen, setIsOpen] = useState(false);
  const { measured } = overview;
  return (
    <div className="text-xs text-pretty text-muted">
      <p>
        Rules find much, not all: on our own {formatNumber(measured.texts)} labelled texts{' '}
        {formatPercent(measured.all.precision)} of what they found was right, and they found{' '}
        {formatPercent(measured.all.recall)} of what was labelled. On texts of others expect less, above all
        of names, places and organisations.
      </p>
      <Button size="compact" variant="quiet" className="-ml-2.5" onPress={() => setIsOpen(true)}>
        Figures by type
      </Button>
      <MeasuredDialog measured={measured} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </div>
  );
}

function Found({ datasetId, overview }: { datasetId: string; overview: Overview }) {
  const [chosen, setChosen] = useState<PersonalDataType | null>(null);
  const scan = useScan(datasetId);
  const start = scan.mutate;
  const commands = useMemo(
    () => [
      {
        id: 'privacy.scan',
        title: 'Scan this data set for personal data',
        group: 'Privacy',
        keys: null,
        run: () => start(),
      },
    ],
    [start],
  );
  useCommands('privacy.tab', commands);
  const first =
    overview.types.find(({ open }) => open.high + open.medium + open.low > 0) ?? overview.types[0];
  const count = overview.types.find(({ type }) => type === chosen) ?? first;
  const nothing = overview.scan ? (
    <EmptyState icon={<ShieldCheck aria-hidden />} title="The rules found nothing">
      That is no promise: rules v{overview.rulesVersion} see what has a form or a known name. What they miss
      is said on the left.
    </EmptyState>
  ) : (
    <EmptyState
      icon={<ScanSearch aria-hidden />}
      title="Not scanned yet"
      action={
        <Button variant="primary" onPress={() => scan.mutate()} isPending={scan.isPending}>
          Scan {formatCount(overview.examples, 'example')}
        </Button>
      }
    >
      Every text of every example is looked at on this machine, also inside of tool calls: names, addresses,
      numbers, keys and passwords. Nothing is changed and nothing is sent.
    </EmptyState>
  );
  return (
    <SplitPane
      id="privacy.types"
      label="Width of the kinds of data"
      size={66}
      first={
        <div className="flex min-h-0 flex-1 flex-col">
          <Head
            overview={overview}
            datasetId={datasetId}
            onScan={() => scan.mutate()}
            isStarting={scan.isPending}
          />
          {scan.error && <ErrorLine error={scan.error} />}
          <ScrollArea label="Kinds of data" className="min-h-0 flex-1 space-y-5 px-2 py-3">
            <TypeList overview={overview} selected={count?.type ?? null} onSelect={setChosen} />
            <div
              className={
                overview.types.length > 0 ? 'space-y-5 border-t border-line px-2 pt-4' : 'space-y-5 px-2'
              }
            >
              <GateForm gate={overview.gate} />
              {overview.states.pseudonymised > 0 && overview.pseudonyms.isPossible && <RevealForm />}
              <Measured overview={overview} />
            </div>
          </ScrollArea>
        </div>
      }
      second={
        count ? (
          <DetectionsPane key={count.type} datasetId={datasetId} overview={overview} count={count} />
        ) : (
          nothing
        )
      }
    />
  );
}

/** Tab of a data set: personal data and secrets, what was decided about them, and what is held back. */
export function PrivacyTab({ datasetId }: { datasetId: string }) {
  const overview = useOverview(datasetId);
  return (
    <Loaded query={overview} label="Reading what was found">
      {(found) => <Found datasetId={datasetId} overview={found} />}
    </Loaded>
  );
}
