import { useEffect, useMemo, useState } from 'react';
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
import { useCommands } from '../../ui/commands.ts';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { useGo } from '../../ui/location.ts';
import { Menu } from '../../ui/menu.tsx';
import { ScrollArea } from '../../ui/scroll-area.tsx';
import { DetectionRow } from './detection-row.tsx';
import { KeepDialog } from './keep-dialog.tsx';
import { type Action, useAct, useDetections } from './privacy.queries.ts';
import { confidenceWords } from './privacy-words.ts';

const pageSize = 100;
const done: Readonly<Record<Action, string>> = {
  mask: 'Masking',
  pseudonymise: 'Pseudonymising',
  drop: 'Dropped the examples with',
};

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
  const [limit, setLimit] = useState(pageSize);
  const [selected, setSelected] = useState<string | null>(null);
  const [keeping, setKeeping] = useState<{ which: WhichDetections; what: string } | null>(null);
  const act = useAct(datasetId);
  const query = useDetections({ datasetId, type, isOpen, limit: Math.min(200, limit) });
  const list = (query.data?.detections ?? []).filter(
    (one) => one.type === type && tiers.includes(one.confidence),
  );
  const current = list.find((one) => one.detectionId === selected) ?? list[0] ?? null;
  const all = tiers.reduce((sum, tier) => sum + count.open[tier], 0);
  const go = useGo();
  const run = (action: Action, which: WhichDetections, what: string): void =>
    act.mutate({ action, which }, { onSuccess: () => tellUndoable(`${done[action]} ${what}.`) });
  const one: WhichDetections | null = current ? { detectionIds: [current.detectionId] } : null;
  const whole: WhichDetections = { type, confidences: [...tiers] };
  const move = (step: number): void => {
    const index = list.findIndex(({ detectionId }) => detectionId === current?.detectionId);
    const next = list[Math.max(0, Math.min(list.length - 1, index + step))];
    if (next) setSelected(next.detectionId);
  };
  useEffect(() => {
    if (selected)
      document.querySelector(`[data-detection="${selected}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const what = countOfType(type, 1);
  const isActive = isOpen && one !== null;
  const commands = useMemo(() => {
    return [
      { id: 'privacy.next', title: 'Next find', group: 'Privacy', keys: 'n', run: () => move(1) },
      { id: 'privacy.previous', title: 'Previous find', group: 'Privacy', keys: 'b', run: () => move(-1) },
      {
        id: 'privacy.mask',
        title: 'Mask this find',
        group: 'Privacy',
        keys: 'm',
        run: () => one && run('mask', one, what),
        isEnabled: isActive,
      },
      {
        id: 'privacy.pseudonymise',
        title: 'Replace this find by a pseudonym',
        group: 'Privacy',
        keys: 'p',
        run: () => one && run('pseudonymise', one, what),
        isEnabled: isActive && overview.pseudonyms.isPossible,
      },
      {
        id: 'privacy.drop',
        title: 'Drop the example of this find',
        group: 'Privacy',
        keys: 'x',
        run: () => one && run('drop', one, what),
        isEnabled: isActive,
      },
      {
        id: 'privacy.keep',
        title: 'Keep this find with a reason',
        group: 'Privacy',
        keys: 'k',
        run: () => one && setKeeping({ which: one, what }),
        isEnabled: isActive,
      },
    ];
    // The rest are functions of these.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [current?.detectionId, query.data, tiers, isActive, overview.pseudonyms.isPossible, type]);
  useCommands('privacy', commands);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="space-y-2 border-b border-line px-4 py-3">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="min-w-0 flex-1 truncate text-lg font-semibold">{titleOfType(type)}</h2>
          <ToggleButton isSelected={isOpen} onChange={() => setIsOpen(true)}>
            Open {formatNumber(count.open.high + count.open.medium + count.open.low)}
          </ToggleButton>
          <ToggleButton isSelected={!isOpen} onChange={() => setIsOpen(false)}>
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
                onChange={(isOn) =>
                  setTiers(confidences.filter((each) => (each === tier ? isOn : tiers.includes(each))))
                }
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
              {found.total > list.length && limit < 200 && (
                <div className="p-3 text-center">
                  <Button size="compact" variant="quiet" onPress={() => setLimit(200)}>
                    Show more of {formatCount(found.total, 'find')}
                  </Button>
                </div>
              )}
            </ScrollArea>
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
