import { cx } from './class-names.ts';
import { formatNumber } from './format.ts';

/**
 * A matrix of counts or scores as a table whose cells are shaded: the numbers stand in it, so it is its own text.
 * With `isSquare` the diagonal (right answers) is framed.
 */
export function HeatMatrix(props: {
  caption: string;
  rowName: string;
  columnName: string;
  rows: readonly string[];
  columns: readonly string[];
  /** `values[row][column]` */
  values: readonly (readonly number[])[];
  valueText?: ((value: number) => string) | undefined;
  isSquare?: boolean | undefined;
  onSelect?: ((row: number, column: number) => void) | undefined;
  className?: string | undefined;
}) {
  const text = props.valueText ?? formatNumber;
  const top = Math.max(1e-9, ...props.values.flat());
  return (
    <div className={cx('overflow-auto', props.className)}>
      <table className="border-separate border-spacing-0.5 text-xs">
        <caption className="sr-only">{props.caption}</caption>
        <thead>
          <tr>
            <td className="px-2 pb-1 text-right align-bottom text-muted">
              {props.rowName} ↓ {props.columnName} →
            </td>
            {props.columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="max-w-24 truncate px-1 pb-1 text-center font-medium"
                title={column}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, rowPlace) => (
            <tr key={row}>
              <th scope="row" className="max-w-40 truncate pr-2 text-right font-medium" title={row}>
                {row}
              </th>
              {props.columns.map((column, columnPlace) => {
                const value = props.values[rowPlace]?.[columnPlace] ?? 0;
                const share = value / top;
                const shade = cx(
                  'flex h-8 w-full min-w-12 items-center justify-center rounded-sm tabular-nums',
                  share > 0.55 ? 'text-on-accent' : value === 0 ? 'text-muted' : 'text-ink',
                  props.isSquare && rowPlace === columnPlace && 'ring-1 ring-accent-ink ring-inset',
                );
                const style = {
                  background: `color-mix(in oklab, var(--color-accent) ${Math.round(share > 0.55 ? 70 + share * 30 : share * 60)}%, var(--color-sunken))`,
                };
                return (
                  <td key={column} className="p-0">
                    {props.onSelect && value > 0 ? (
                      <button
                        type="button"
                        aria-label={`${props.rowName} ${row}, ${props.columnName} ${column}: ${text(value)}`}
                        onClick={() => props.onSelect?.(rowPlace, columnPlace)}
                        className={cx(shade, 'hover:outline-2 hover:outline-focus')}
                        style={style}
                      >
                        {text(value)}
                      </button>
                    ) : (
                      <span className={shade} style={style}>
                        {text(value)}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
