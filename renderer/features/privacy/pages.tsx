import { Button } from '../../ui/button.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';

/** How many finds a page shows. */
export const pageSize = 100;

/** Which finds of how many are shown, and the way to the others. */
export function Pages(props: {
  start: number;
  shown: number;
  total: number;
  onTurn: (step: number) => void;
}) {
  const { start, shown, total, onTurn } = props;
  return (
    <nav aria-label="Pages of finds" className="flex items-center gap-2 border-t border-line px-4 py-1.5">
      <p className="min-w-0 flex-1 truncate text-xs text-muted tabular-nums">
        {formatNumber(start + 1)} to {formatNumber(start + shown)} of {formatCount(total, 'find')}
      </p>
      <Button size="compact" variant="quiet" isDisabled={start === 0} onPress={() => onTurn(-1)}>
        Previous page
      </Button>
      <Button size="compact" variant="quiet" isDisabled={start + pageSize >= total} onPress={() => onTurn(1)}>
        Next page
      </Button>
    </nav>
  );
}
