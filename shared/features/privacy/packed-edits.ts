/** Puts `text` in the place of the units from `start` to `end` of the string at `pointer`. */
export type Edit = {
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

/** Edits of many examples in columns, ascending by example: some 25 bytes each, so that a million may travel at once. */
export type PackedEdits = {
  readonly exampleIds: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly pointerOf: Uint32Array;
  readonly textOf: Uint32Array;
  readonly pointers: readonly string[];
  readonly texts: readonly string[];
};

/** Collects edits, which come in any order of their examples; those of one example stay in theirs. */
export function createEditPacker() {
  const columns = [createColumn(), createColumn(), createColumn(), createColumn(), createColumn()] as const;
  const [exampleIds, starts, ends, pointerOf, textOf] = columns;
  const pointers = createNames();
  const texts = createNames();
  return {
    add(exampleId: number, edit: Edit): void {
      exampleIds.push(exampleId);
      starts.push(edit.start);
      ends.push(edit.end);
      pointerOf.push(pointers.numberOf(edit.pointer));
      textOf.push(texts.numberOf(edit.text));
    },
    packed(): PackedEdits {
      const ids = exampleIds.values();
      const order = Uint32Array.from(ids.keys()).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0) || a - b);
      const ordered = (column: Uint32Array): Uint32Array => order.map((at) => column[at] ?? 0);
      return {
        exampleIds: ordered(ids),
        starts: ordered(starts.values()),
        ends: ordered(ends.values()),
        pointerOf: ordered(pointerOf.values()),
        textOf: ordered(textOf.values()),
        pointers: pointers.all,
        texts: texts.all,
      };
    },
  };
}

function createColumn() {
  let room = new Uint32Array(1024);
  let length = 0;
  return {
    push(value: number): void {
      if (length === room.length) {
        const larger = new Uint32Array(length * 2);
        larger.set(room);
        room = larger;
      }
      room[length] = value;
      length += 1;
    },
    values: () => room.slice(0, length),
  };
}

function createNames() {
  const all: string[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    numberOf(name: string): number {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, all.length);
      return all.push(name) - 1;
    },
  };
}

/** The edits of one example; empty when it has none. */
export function editsOfExample(packed: PackedEdits, exampleId: number): Edit[] {
  const { exampleIds, starts, ends, pointerOf, textOf, pointers, texts } = packed;
  let low = 0;
  let high = exampleIds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((exampleIds[middle] ?? 0) < exampleId) low = middle + 1;
    else high = middle;
  }
  const edits: Edit[] = [];
  for (let at = low; exampleIds[at] === exampleId; at += 1) {
    edits.push({
      pointer: pointers[pointerOf[at] ?? 0] ?? '',
      start: starts[at] ?? 0,
      end: ends[at] ?? 0,
      text: texts[textOf[at] ?? 0] ?? '',
    });
  }
  return edits;
}

/** The examples that have edits, each once, ascending. */
export function editedExamples({ exampleIds }: PackedEdits): Uint32Array {
  return exampleIds.filter((id, at) => at === 0 || id !== exampleIds[at - 1]);
}
