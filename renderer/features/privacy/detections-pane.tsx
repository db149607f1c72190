import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import {
  type Confidence,
  confidences,
  type Overview,
  type TypeCount,
  type WhichDetections,
} from '../../../shared/features/privacy/privacy.model.ts';
import { countOfType, titleOfType } from '../../../shared/features/privacy/privacy.rules.ts';
import { tellUndoable } from '../../history.ts';
import { Button, ToggleButton } from '../../ui/button.tsx';
import { type BoundCommand, useCommands } from '../../ui/commands.ts';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useGo } from '../../ui/location.ts';
import { Menu } from '../../ui/menu.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { DetectionRow } from './detection-row.tsx';
import { KeepDialog } from './keep-dialog.tsx';
import { Pages, pageSize } from './pages.tsx';
import { type Action, useAct, useDetections } from './privacy.queries.ts';
import { confidenceWords } from './privacy-words.ts';

const done: Readonly<Record<Action, string>> = {
  mask: 'Masking',
  pseudonymise: 'Pseudonymising',
  drop: 'Dropped the examples with',
};

type Deeds = {
  move: (step: number) => void;
  run: (action: Action, which: WhichDetections, what: string) => void;
  one: WhichDetections | null;
  what: string;
  setKeeping: (keeping: { which: WhichDetections; what: string }) => void;
};

/** The keys of the list: on to the next find, and what can be done about the chosen one. */
function keyCommands(
  deeds: RefObject<Deeds>,
  can: { isActive: boolean; canPseudonymise: boolean },
): BoundCommand[] {
  const act = (action: Action) => (): void => {
    const { one, run, what } = deeds.current;
    if (one) run(action, one, what);
  };
  const keep = (): void => {
    const { one, setKeeping, what } = deeds.current;
    if (one) setKeeping({ which: one, what });
  };
  const group = 'Privacy';
  const isEnabled = can.isActive;
  return [
    { id: 'privacy.next', title: 'Next find', group, keys: 'n', run: () => deeds.current.move(1) },
    { id: 'privacy.previous', title: 'Previous find', group, keys: 'b', run: () => deeds.current.move(-1) },
    { id: 'privacy.mask', title: 'Mask this find', group, keys: 'm', run: act('mask'), isEnabled },
    {
      id: 'privacy.pseudonymise',
      title: 'Replace this find by a pseudonym',
      group,
      keys: 'p',
      run: act('pseudonymise'),
      isEnabled: can.canPseudonymise,
    },
    {
      id: 'privacy.drop',
      title: 'Drop the example of this find',
      group,
      keys: 'x',
      run: act('drop'),
      isEnabled,
    },
    { id: 'privacy.keep', title: 'Keep this find with a reason', group, keys: 'k', run: keep, isEnabled },
  ];
}

/** The finds of one type in their sentences, with what can be done about one or all of them. */
export function DetectionsPane({
  datasetId,
  overview,
  count,
}: {
  datasetId: string;
  overview: Overview;
  count: TypeCount;
}) {
  const { type } = count;
  const [isOpen, setIsOpen] = useState(true);
  const [tiers, setTiers] = useState<readonly Confidence[]>(confidences);
  const [start, setStart] = useState(0);
  const [selected, setSelected] = useState<string | null>(null);
  const [keeping, setKeeping] = useState<{ which: WhichDetections; what: string } | null>(null);
  const act = useAct(datasetId);
  const query = useDetections({
    datasetId,
    type,
    isOpen,
    // With every tier off the list is empty; the question still needs one.
    confidences: isOpen && tiers.length > 0 ? tiers : confidences,
    start,
    limit: pageSize,
  });
  const total = query.data?.total ?? 0;
  // The last finds of the last page were decided: back to the page that is the last now.
  if (start > 0 && query.data && !query.isPlaceholderData && start >= total)
    setStart(Math.max(0, Math.ceil(total / pageSize) - 1) * pageSize);
  const list = (query.data?.detections ?? []).filter(
    (one) => one.type === type && (!isOpen || tiers.includes(one.confidence)),
  );
  const current = list.find((one) => one.detectionId === selected) ?? list[0] ?? null;
  const all = tiers.reduce((sum, tier) => sum + count.open[tier], 0);
  const go = useGo();
  const show = (isWanted: boolean): void => {
    setStart(0);
    setIsOpen(isWanted);
  };
  const run = (action: Action, which: WhichDetections, what: string): void =>
    act.mutate({ action, which }, { onSuccess: () => tellUndoable(`${done[action]} ${what}.`) });
  const one: WhichDetections | null = current ? { detectionIds: [current.detectionId] } : null;
  const whole: WhichDetections = { type, confidences: [...tiers] };
  const turn = (step: number): void => {
    const to = start + Math.sign(step) * pageSize;
    if (to < 0 || to >= total) return;
    setStart(to);
    setSelected(null);
  };
  const move = (step: number): void => {
    const index = list.findIndex(({ detectionId }) => detectionId === current?.detectionId);
    const next = list[index + step];
    if (next) setSelected(next.detectionId);
    else turn(step);
  };
  useEffect(() => {
    if (selected)
      document.querySelector(`[data-detection="${selected}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const what = countOfType(type, 1);
  const isActive = isOpen && one !== null;
  // One object for the commands, so that they are not registered again with every drawing.
  const deeds = useRef({ move, run, one, what, setKeeping });
  useEffect(() => {
    deeds.current = { move, run, one, what, setKeeping };
  });
  const canPseudonymise = isActive && overview.pseudonyms.isPossible;
  const commands = useMemo(
    () => keyCommands(deeds, { isActive, canPseudonymise }),
    [isActive, canPseudonymise],
  );
  useCommands('privacy', commands);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="space-y-2 border-b border-line px-4 py-3">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="min-w-0 flex-1 truncate text-lg font-semibold">{titleOfType(type)}</h2>
          <ToggleButton isSelected={isOpen} onChange={() => show(true)}>
            Open {formatNumber(count.open.high + count.open.medium + count.open.low)}
          </ToggleButton>
          <ToggleButton isSelected={!isOpen} onChange={() => show(false)}>
            Decided {formatNumber(count.resolved)}
          </ToggleButton>
        </div>
        {isOpen && (
          <div className="flex flex-wrap items-center gap-2">
            {confidences.map((tier) => (
              <ToggleButton
                key={tier}
                isSelected={tiers.includes(tier)}
                isDisabled={count.open[tier] === 0}
                onChange={(isOn) => {
                  setStart(0);
                  setTiers(confidences.filter((each) => (each === tier ? isOn : tiers.includes(each))));
                }}
              >
                {confidenceWords[tier]} {formatNumber(count.open[tier])}
              </ToggleButton>
            ))}
            <span className="flex-1" />
            <Button
              size="compact"
              variant="primary"
              isDisabled={all === 0}
              isPending={act.isPending}
              onPress={() => run('mask', whole, countOfType(type, all))}
            >
              Mask all {formatNumber(all)}
            </Button>
            <Menu
              label="For all of them"
              placement="bottom end"
              minWidth={300}
              entries={[
                {
                  id: 'pseudonymise',
                  label: `Pseudonymise all ${formatNumber(all)}`,
                  detail: overview.pseudonyms.isPossible
                    ? 'The same value gets the same name; the vault stays here'
                    : overview.pseudonyms.reason,
                  isDisabled: all === 0 || !overview.pseudonyms.isPossible,
                  run: () => run('pseudonymise', whole, countOfType(type, all)),
                },
                {
                  id: 'keep',
                  label: `Keep all ${formatNumber(all)} with a reason…`,
                  isDisabled: all === 0,
                  run: () => setKeeping({ which: whole, what: countOfType(type, all) }),
                },
                {
                  id: 'drop',
                  label: 'Drop the examples that hold them',
                  isDanger: true,
                  isDisabled: all === 0,
                  run: () => run('drop', whole, countOfType(type, all)),
                },
              ]}
            >
              <Button size="compact">More for all</Button>
            </Menu>
          </div>
        )}
        {act.error && <ErrorLine error={act.error} />}
      </header>
      <Loaded query={query} label="Reading the finds">
        {(found) => (
          <>
            <ScrollArea label={`Finds: ${titleOfType(type)}`} className="min-h-0 flex-1">
              {list.length === 0 ? (
                <p className="px-4 py-8 text-center text-sm text-muted">
                  {isOpen ? 'Nothing open here.' : 'Nothing was decided here yet.'}
                </p>
              ) : (
                <ul>
                  {list.map((each) => (
                    <DetectionRow
                      key={each.detectionId}
                      one={each}
                      isSelected={each.detectionId === current?.detectionId}
                      onSelect={() => setSelected(each.detectionId)}
                    />
                  ))}
                </ul>
              )}
            </ScrollArea>
            {found.total > pageSize && list.length > 0 && (
              <Pages start={start} shown={list.length} total={found.total} onTurn={turn} />
            )}
            {isActive && current && (
              <footer className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2">
                <span className="min-w-0 flex-1 truncate text-xs text-muted">This find</span>
                <Button
                  size="compact"
                  keys="m"
                  isPending={act.isPending}
                  onPress={() => one && run('mask', one, what)}
                >
                  Mask
                </Button>
                <Button
                  size="compact"
                  keys="p"
                  isDisabled={!overview.pseudonyms.isPossible}
                  onPress={() => one && run('pseudonymise', one, what)}
                >
                  Pseudonymise
                </Button>
                <Button size="compact" keys="k" onPress={() => one && setKeeping({ which: one, what })}>
                  Keep…
                </Button>
                <Button size="compact" keys="x" onPress={() => one && run('drop', one, what)}>
                  Drop example
                </Button>
                <Button
                  size="compact"
                  variant="quiet"
                  onPress={() => go(`/datasets/${datasetId}?tab=examples&open=${current.exampleId}`)}
                >
                  Open example
                </Button>
              </footer>
            )}
          </>
        )}
      </Loaded>
      {keeping && (
        <KeepDialog
          datasetId={datasetId}
          what={keeping.what}
          which={keeping.which}
          onClose={() => setKeeping(null)}
        />
      )}
    </div>
  );
}
