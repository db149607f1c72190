import { gravities, type Overview, type TypeCount } from '../../../shared/features/privacy/privacy.model.ts';
import { titleOfType } from '../../../shared/features/privacy/privacy.rules.ts';
import { ToneIcon } from '../../ui/badge.tsx';
import { cx } from '../../ui/class-names.ts';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { RowButton } from '../../ui/row-button.tsx';
import { confidenceWords, gravityTitles, gravityTones } from './privacy-words.ts';

const openOf = ({ open }: TypeCount): number => open.high + open.medium + open.low;

function TierBar({ open }: { open: TypeCount['open'] }) {
  const total = open.high + open.medium + open.low;
  if (total === 0) return null;
  const part = (count: number): string => `${(100 * count) / total}%`;
  return (
    <span aria-hidden className="flex h-1 w-full gap-px overflow-hidden rounded-full">
      <span className="bg-chart-1" style={{ width: part(open.high) }} />
      <span className="bg-chart-5" style={{ width: part(open.medium) }} />
      <span className="bg-press" style={{ width: part(open.low) }} />
    </span>
  );
}

function tierText({ open }: TypeCount): string {
  return (['high', 'medium', 'low'] as const)
    .filter((tier) => open[tier] > 0)
    .map((tier) => `${formatNumber(open[tier])} ${confidenceWords[tier]}`)
    .join(', ');
}

/** The kinds of data found, gravest first, each with how sure the finds are and how good its rules are. */
export function TypeList(props: {
  overview: Overview;
  selected: string | null;
  onSelect: (type: TypeCount['type']) => void;
}) {
  const { types, measured } = props.overview;
  return (
    <div className="space-y-4">
      {gravities.map((gravity) => {
        const own = types.filter((one) => one.gravity === gravity).toSorted((a, b) => openOf(b) - openOf(a));
        if (own.length === 0) return null;
        return (
          <section key={gravity} aria-label={gravityTitles[gravity]}>
            <h3 className="flex items-center gap-1.5 px-2 pb-1 text-xs font-medium text-muted">
              <ToneIcon tone={gravityTones[gravity]} className="size-3.5" />
              {gravityTitles[gravity]}
            </h3>
            <ul>
              {own.map((one) => {
                const known = measured.types.find(({ type }) => type === one.type);
                const isSelected = one.type === props.selected;
                return (
                  <li key={one.type} aria-current={isSelected ? 'true' : undefined}>
                    <RowButton
                      onPress={() => props.onSelect(one.type)}
                      className={cx(
                        'block w-full rounded-sm px-2 py-1.5 hover:bg-hover focus-inside',
                        isSelected && 'bg-selected',
                      )}
                    >
                      <span className="flex items-baseline gap-2 text-sm">
                        <span
                          className={cx(
                            'min-w-0 flex-1 truncate',
                            openOf(one) > 0 ? 'font-medium' : 'text-muted',
                          )}
                        >
                          {titleOfType(one.type)}
                        </span>
                        <span className="tabular-nums">{formatNumber(openOf(one))}</span>
                        <span className="sr-only">open</span>
                      </span>
                      <TierBar open={one.open} />
                      <span className="flex gap-2 pt-0.5 text-xs text-muted">
                        <span className="min-w-0 flex-1 truncate">
                          {openOf(one) > 0
                            ? tierText(one)
                            : one.resolved === 1
                              ? 'decided'
                              : `all ${formatNumber(one.resolved)} decided`}
                        </span>
                        {known?.precision != null && known.recall != null && (
                          <span
                            className="shrink-0 tabular-nums"
                            title="Right among the found, and found among the labelled, on the texts that ship with the rules"
                          >
                            {formatPercent(known.precision)} right, {formatPercent(known.recall)} found
                          </span>
                        )}
                      </span>
                    </RowButton>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
