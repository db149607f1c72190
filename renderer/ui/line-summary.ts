export type Point = readonly [x: number, y: number];

export type NamedLine = { name: string; points: readonly Point[] };

type Words = { x: (value: number) => string; y: (value: number) => string; xName: string };

/** What a line does, in one sentence: where it starts and ends, and its lowest and highest point. */
export function lineSentence(line: NamedLine, words: Words): string {
  const first = line.points[0];
  const last = line.points.at(-1);
  if (!first || !last) return `${line.name}: no values yet.`;
  if (line.points.length === 1)
    return `${line.name}: ${words.y(first[1])} at ${words.xName} ${words.x(first[0])}.`;
  let low = first;
  let high = first;
  for (const point of line.points) {
    if (point[1] < low[1]) low = point;
    if (point[1] > high[1]) high = point;
  }
  const at = (point: Point): string => `${words.y(point[1])} at ${words.xName} ${words.x(point[0])}`;
  return `${line.name}: from ${at(first)} to ${at(last)}; lowest ${at(low)}, highest ${at(high)}.`;
}

/** At most `limit` of the places 0 … count − 1, evenly spread, the first and the last among them. */
export function thinned(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, place) => place);
  return Array.from({ length: limit }, (_, place) => Math.round((place * (count - 1)) / (limit - 1)));
}

/** Lines side by side: one row per x that any of them has, a blank where a line has no value there. */
export function mergedRows(lines: readonly NamedLine[], words: Words): string[][] {
  const xs = [...new Set(lines.flatMap((line) => line.points.map(([x]) => x)))].sort((a, b) => a - b);
  const maps = lines.map((line) => new Map(line.points));
  return xs.map((x) => [
    words.x(x),
    ...maps.map((values) => {
      const y = values.get(x);
      return y === undefined ? '' : words.y(y);
    }),
  ]);
}
