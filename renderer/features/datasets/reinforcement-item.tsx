import type { ExampleDetail } from '../../../shared/features/datasets/datasets.model.ts';
import { pointerTo } from '../../../shared/features/datasets/json-pointer.ts';
import { itemOf } from '../../../shared/features/datasets/rft/items.rules.ts';
import { cx } from '../../ui/class-names.ts';
import { TextWithBadges } from '../../ui/text-with-badges.tsx';
import type { Place } from './chat.ts';
import { useDataset } from './datasets.queries.ts';

/** The fields of a reinforcement row that its grader reads as `item.*`; nothing for other methods. */
export function ReinforcementItem({ detail, focus }: { detail: ExampleDetail; focus: Place | null }) {
  const { data: dataset } = useDataset(detail.datasetId);
  const { value } = detail;
  if (dataset?.method !== 'rft' || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return null;
  }
  const fields = Object.entries(itemOf({ ...value }));
  return (
    <section aria-label="Fields for the grader" className="border-t border-line pt-4">
      <h3 className="text-sm font-semibold">Fields for the grader</h3>
      {fields.length === 0 && <p className="mt-1 text-sm text-muted">This row has none.</p>}
      <dl className="mt-2 divide-y divide-line">
        {fields.map(([key, field]) => (
          <div
            key={key}
            className={cx(
              'grid grid-cols-[minmax(6rem,12rem)_minmax(0,1fr)] gap-3 rounded-sm py-1.5',
              focus?.pointer === pointerTo('', key) && 'bg-amber-soft px-2 ring-1 ring-amber-line',
            )}
          >
            <dt className="font-mono text-xs leading-5 break-all text-muted">{`item.${key}`}</dt>
            <dd className="min-w-0">
              <TextWithBadges
                text={typeof field === 'string' ? field : JSON.stringify(field, null, 2)}
                isMono={typeof field !== 'string'}
                limit={4000}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
