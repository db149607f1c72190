/**
 * Ratings in long form: reviewer `raters[i]` gave category `values[i]` (0 … categories − 1) to unit `units[i]`.
 * A rating that is missing is simply not there; of several by one reviewer on one unit the last counts. Unit and
 * reviewer numbers are dense (0, 1, 2 …). For an ordinal coefficient the categories are numbered in their order.
 */
export type Ratings = {
  units: Int32Array;
  raters: Int32Array;
  values: Int32Array;
  categories: number;
};

/** Ratings sorted by unit: unit u holds the entries `starts[u]` … `starts[u + 1]` − 1, one a reviewer. */
export type UnitTable = {
  starts: Int32Array;
  raters: Int32Array;
  values: Int32Array;
  categories: number;
};

/**
 * Units that were rated in the same way, whoever rated: `tallies[p × categories + c]` ratings of category c, and
 * `counts[p]` units like that. Units with fewer than two ratings are left out: they say nothing about agreement.
 */
export type UnitPatterns = { counts: Int32Array; tallies: Int32Array; categories: number };

/** Step of a preference on the ordered scale of seven: left by three is 0, no preference 3, right by three 6. */
export function preferenceStep(side: 'left' | 'none' | 'right', strength: 1 | 2 | 3): number {
  if (side === 'none') return 3;
  return side === 'left' ? 3 - strength : 3 + strength;
}

/** How many steps {@link preferenceStep} knows. */
export const preferenceSteps = 7;

/** Sorts ratings by unit in one pass; refuses lists of different lengths and values outside the categories. */
export function byUnit(ratings: Ratings): UnitTable {
  const { units, raters, values, categories } = ratings;
  if (units.length !== raters.length || units.length !== values.length)
    throw new RangeError('units, raters and values differ in length');
  const starts = new Int32Array(largest(units) + 2);
  for (const unit of units) starts[unit + 1] = (starts[unit + 1] ?? 0) + 1;
  for (let unit = 1; unit < starts.length; unit += 1) starts[unit] = at(starts, unit) + at(starts, unit - 1);
  const next = starts.slice();
  const order = new Int32Array(units.length);
  for (const [entry, unit] of units.entries()) {
    order[at(next, unit)] = entry;
    next[unit] = at(next, unit) + 1;
  }
  const table = {
    starts,
    raters: order.map((entry) => at(raters, entry)),
    values: order.map((entry) => at(values, entry)),
    categories,
  };
  for (const value of values)
    if (value < 0 || value >= categories) throw new RangeError(`no category ${value} of ${categories}`);
  return onePerReviewer(table);
}

/** Keeps the last entry of each reviewer within a unit. */
function onePerReviewer({ starts, raters, values, categories }: UnitTable): UnitTable {
  const kept: UnitTable = { starts: starts.slice(), raters, values, categories };
  let write = 0;
  for (let unit = 0; unit + 1 < starts.length; unit += 1) {
    const first = write;
    kept.starts[unit] = first;
    for (let read = at(starts, unit); read < at(starts, unit + 1); read += 1) {
      const rater = at(raters, read);
      const earlier = raters.subarray(first, write).indexOf(rater);
      const place = earlier < 0 ? write : first + earlier;
      if (earlier < 0) write += 1;
      raters[place] = rater;
      values[place] = at(values, read);
    }
  }
  kept.starts[starts.length - 1] = write;
  return { ...kept, raters: raters.subarray(0, write), values: values.subarray(0, write) };
}

/** Groups units by how often each category was given: agreement depends on nothing else. */
export function patternsOf({ starts, values, categories }: UnitTable): UnitPatterns {
  const known = new Map<string, number>();
  const counts: number[] = [];
  const tallies: number[] = [];
  const tally = new Uint16Array(categories);
  for (let unit = 0; unit + 1 < starts.length; unit += 1) {
    const [from, to] = [at(starts, unit), at(starts, unit + 1)];
    if (to - from < 2) continue;
    tally.fill(0);
    for (let entry = from; entry < to; entry += 1) {
      const value = at(values, entry);
      tally[value] = (tally[value] ?? 0) + 1;
    }
    const key = String.fromCharCode(...tally);
    const pattern = known.get(key);
    if (pattern === undefined) {
      known.set(key, counts.length);
      counts.push(1);
      tallies.push(...tally);
    } else counts[pattern] = (counts[pattern] ?? 0) + 1;
  }
  return { counts: Int32Array.from(counts), tallies: Int32Array.from(tallies), categories };
}

/** Ratings of two reviewers on the units both rated: `cells[a × categories + b]` units that the first put in a, the second in b. */
export type CrossTable = {
  first: number;
  second: number;
  cells: Int32Array;
  categories: number;
  units: number;
};

/** A table for each pair of reviewers who share a unit, in order of reviewer numbers. */
export function crossTables(table: UnitTable): CrossTable[] {
  const { starts, raters, values, categories } = table;
  const width = largest(raters) + 1;
  const found = new Map<number, CrossTable>();
  const add = (one: number, other: number): void => {
    const [a, b] = at(raters, one) < at(raters, other) ? [one, other] : [other, one];
    const [first, second] = [at(raters, a), at(raters, b)];
    const key = first * width + second;
    let cross = found.get(key);
    if (cross === undefined) {
      cross = { first, second, cells: new Int32Array(categories * categories), categories, units: 0 };
      found.set(key, cross);
    }
    const cell = at(values, a) * categories + at(values, b);
    cross.cells[cell] = at(cross.cells, cell) + 1;
    cross.units += 1;
  };
  for (let unit = 0; unit + 1 < starts.length; unit += 1)
    for (let one = at(starts, unit); one < at(starts, unit + 1); one += 1)
      for (let other = one + 1; other < at(starts, unit + 1); other += 1) add(one, other);
  return [...found.values()].toSorted((a, b) => a.first - b.first || a.second - b.second);
}

function at(list: Int32Array, index: number): number {
  return list[index] ?? 0;
}

function largest(list: Int32Array): number {
  let most = -1;
  for (const value of list) {
    if (value < 0) throw new RangeError('numbers of units and reviewers start at 0');
    if (value > most) most = value;
  }
  return most;
}
