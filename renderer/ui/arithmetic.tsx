export type ArithmeticLine = {
  label: string;
  /** The step with its numbers, as one would write it on paper. */
  formula: string;
  result: string;
  /** A sum: ruled off from the steps above it. */
  isSum: boolean;
};

/** A calculation step by step, each on a line of its own. */
export function Arithmetic({ lines }: { lines: readonly ArithmeticLine[] }) {
  return (
    <table className="mt-3 w-full border-collapse text-sm">
      <caption className="sr-only">The arithmetic, line by line</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Formula</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr
            key={line.label}
            className={line.isSum ? 'border-t-2 border-ink font-medium' : 'border-b border-line'}
          >
            <th scope="row" className="py-2 pr-6 text-left align-top font-normal whitespace-nowrap">
              {line.label}
            </th>
            <td className="py-2 pr-6 align-top font-mono text-xs leading-5 text-muted">{line.formula}</td>
            <td className="py-2 text-right align-top whitespace-nowrap tabular-nums">{line.result}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
