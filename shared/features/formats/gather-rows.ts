import { AppFailure } from '../../failures.ts';
import type { JsonObject } from '../datasets/read-line.ts';

/*
 * Examples that span rows, such as the turns of a transcript. Rows of one conversation usually follow each other, but a
 * log that several people write at once mixes them. A first look over the rows counts where each conversation is taken
 * up again, so that only those which are need to be held until their last row.
 */

/** How rows say that they belong together. */
export type Belonging = {
  /** Whether a row belongs to the example of the row before it. */
  goesOn(row: JsonObject, previous: JsonObject): boolean;
  /** The conversation a row names; null where it names none and only its neighbours tell. */
  groupOf(row: JsonObject): string | null;
};

type NumberedRow = { readonly number: number; readonly value: JsonObject; readonly text: string | null };

/** Rows that make one example. */
export type Gathered<Row> = {
  readonly rows: readonly Row[];
  /** Where the example stands: its first row, or where it was taken up the last time. Ascending from one to the next. */
  readonly at: Row;
  /** Number of a row in the middle of it that could not be read; null when there is none. */
  readonly gap: number | null;
};

/** In how many places conversations stand that stand in more than one. */
export type Scattered = ReadonlyMap<string, number>;

/** Text of rows that is held at most while conversations wait for their last row, in UTF-16 units. */
const maxHeld = 256 * 1024 * 1024;

/** Counts the places of conversations, row by row. */
export class PlaceCount {
  readonly #places = new Map<string, number>();
  #last: string | null = null;

  /** Takes a conversation's name in the order of the rows; null for a row without one. */
  add(group: string | null): void {
    if (group !== null && group !== this.#last) this.#places.set(group, (this.#places.get(group) ?? 0) + 1);
    this.#last = group;
  }

  /** Those that stand in several places. */
  get scattered(): Scattered {
    return new Map([...this.#places].filter(([, count]) => count > 1));
  }
}

/** Puts rows together; hands each example over when its last row has come. Throws FILE_UNREADABLE when too much waits. */
export class Gathering<Row extends NumberedRow> {
  readonly #belonging: Belonging;
  readonly #left: Map<string, number>;
  readonly #waiting = new Map<string, { rows: Row[]; gap: number | null; size: number }>();
  #held = 0;
  #run: Row[] = [];
  #gap: number | null = null;
  #unread: number | null = null;

  constructor(belonging: Belonging, scattered: Scattered) {
    this.#belonging = belonging;
    this.#left = new Map(scattered);
  }

  /** Takes the next row; answers the example that is whole now, if one is. */
  take(row: Row): Gathered<Row> | null {
    const previous = this.#run.at(-1);
    if (previous && this.#belonging.goesOn(row.value, previous.value)) {
      this.#gap ??= this.#unread;
      this.#unread = null;
      this.#run.push(row);
      return null;
    }
    const whole = this.#close();
    this.#run.push(row);
    return whole;
  }

  /** Notes that a row could not be read: a conversation that goes on after it lacks a turn. */
  skip(number: number): void {
    if (this.#run.length > 0) this.#unread ??= number;
  }

  /** The last example. */
  end(): Gathered<Row> | null {
    return this.#close();
  }

  #close(): Gathered<Row> | null {
    const [at] = this.#run;
    if (!at) return null;
    const run = { rows: this.#run, gap: this.#gap };
    this.#run = [];
    this.#gap = null;
    this.#unread = null;
    const group = this.#belonging.groupOf(at.value);
    const left = group === null ? undefined : this.#left.get(group);
    if (group === null || left === undefined) return { ...run, at };
    const before = this.#waiting.get(group);
    const rows = [...(before?.rows ?? []), ...run.rows];
    const gap = before?.gap ?? run.gap;
    this.#left.set(group, left - 1);
    if (left <= 1) {
      this.#held -= before?.size ?? 0;
      this.#waiting.delete(group);
      return { rows, gap, at };
    }
    const size = (before?.size ?? 0) + sizeOf(run.rows);
    this.#held += size - (before?.size ?? 0);
    if (this.#held > maxHeld) throw tooMuch(at.number);
    this.#waiting.set(group, { rows, gap, size });
    return null;
  }
}

/** Why a conversation with an unreadable row in it is no example. */
export function gapWords(gap: number): string {
  return `Row ${gap} stands in the middle of this conversation and cannot be read, so a turn of it is missing. Mend that row first.`;
}

function sizeOf(rows: readonly NumberedRow[]): number {
  return rows.reduce((sum, { text, value }) => sum + (text ?? JSON.stringify(value)).length, 0);
}

function tooMuch(line: number): AppFailure {
  return new AppFailure('FILE_UNREADABLE', {
    what: `The rows of conversations lie so far apart that more than ${maxHeld / 1024 ** 2} Mi characters would have to be held at once.`,
    where: { line },
    todo: 'Sort the file by the column of the conversation, then import it again.',
    retry: 'never',
  });
}
