/**
 * What counting in one encoding needs, in the order of one binary file. Token ids are ranks: the lower, the earlier
 * merged; all are below 2^18 and no token is longer than 255 bytes.
 */
export type TokenTables = {
  /** Bytes of each token, by id; 0 where the vocabulary has a hole. */
  readonly tokenLengths: Uint8Array;
  /** The bytes of all tokens, one after the other. */
  readonly tokenBytes: Uint8Array;
  /** In how many ways each token is two tokens put together, by id. */
  readonly pairCounts: Uint8Array;
  /** These ways, token by token: the left and the right part. */
  readonly pairLefts: Uint32Array;
  readonly pairRights: Uint32Array;
  /** Where the class of the code points changes: code point × 8 + class from there on (see character-classes.ts). */
  readonly classRuns: Uint32Array;
};

const magic = 0x316b_746c;
const headerWords = 8;

/** Where each section of a packed file begins and how many elements it has; offsets are bytes, multiples of 4. */
export type PackedLayout = Readonly<Record<keyof TokenTables, { offset: number; length: number }>>;

const sections = [
  'pairLefts',
  'pairRights',
  'classRuns',
  'tokenLengths',
  'pairCounts',
  'tokenBytes',
] as const satisfies readonly (keyof TokenTables)[];

/** The tables as one file; `layoutOf` finds them in it again. */
export function packTables(tables: TokenTables): Uint8Array {
  const lengths = [magic, ...sections.map((name) => tables[name].length), 0];
  const header = Uint32Array.from(lengths);
  const layout = layoutOf(header);
  const last = layout.tokenBytes;
  const packed = new Uint8Array(last.offset + aligned(last.length));
  for (const [name, array] of [
    ['', header] as const,
    ...sections.map((one) => [one, tables[one]] as const),
  ]) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    packed.set(bytes, name === '' ? 0 : layout[name].offset);
  }
  return packed;
}

/** The places of a packed file's sections, from its first 8 words; throws when it is no such file. */
export function layoutOf(header: Uint32Array): PackedLayout {
  if (header[0] !== magic) throw new Error('this is no file of token tables');
  let offset = headerWords * 4;
  const places = sections.map((name, index) => {
    const length = header[index + 1] ?? 0;
    const place = { offset, length };
    offset += aligned(length * (index < 3 ? 4 : 1));
    return [name, place] as const;
  });
  return Object.fromEntries(places) as PackedLayout;
}

/** The tables in a packed file, as views on it; `packed` must start at a multiple of 4. */
export function unpackTables(packed: Uint8Array): TokenTables {
  const layout = layoutOf(new Uint32Array(packed.buffer, packed.byteOffset, headerWords));
  const words = (name: keyof TokenTables): Uint32Array =>
    new Uint32Array(packed.buffer, packed.byteOffset + layout[name].offset, layout[name].length);
  const bytes = (name: keyof TokenTables): Uint8Array =>
    new Uint8Array(packed.buffer, packed.byteOffset + layout[name].offset, layout[name].length);
  return {
    pairLefts: words('pairLefts'),
    pairRights: words('pairRights'),
    classRuns: words('classRuns'),
    tokenLengths: bytes('tokenLengths'),
    pairCounts: bytes('pairCounts'),
    tokenBytes: bytes('tokenBytes'),
  };
}

function aligned(size: number): number {
  return (size + 3) & ~3;
}
