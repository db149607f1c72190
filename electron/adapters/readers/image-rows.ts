import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import type { Source, SourceBatches, SourceRow } from '../../core/source-rows.ts';
import type { Listen } from './byte-stream.ts';
import type { FileSet } from './file-set.ts';
import { pictureUrl } from './parquet-rows.ts';

const endings = /\.(?:png|jpe?g|webp|gif)$/i;
/** The platform takes pictures up to 10 MB (platform reference 2.2). */
const maxPictureBytes = 10 * 1024 * 1024;

/** Names of the pictures of a set. */
export function picturesIn(set: FileSet): Set<string> {
  return new Set(set.entries.map(({ name }) => name).filter((name) => endings.test(name)));
}

/**
 * A table whose rows name pictures of its set: each row gets the picture as a `data:` URL in the column `image`. A row
 * whose picture is named and not there, or is none, is set aside.
 */
export function withPictures(source: Source, set: FileSet, pictures: ReadonlySet<string>): Source {
  const find = createFinder(pictures);
  const column = source.columns?.includes('image') ? 'image (picture)' : 'image';
  return {
    ...source,
    container: 'images',
    columns: source.columns && [...source.columns, column],
    rows: (listen) => rowsWith(source.rows(listen), { set, find, column }, listen),
  };
}

type Find = (row: JsonObject) => { name: string | null; wanted: string | null };

/** Finds the picture that a row names, by its path or by its last part where that is not ambiguous. */
function createFinder(pictures: ReadonlySet<string>): Find {
  const byBase = new Map<string, string | null>();
  for (const name of pictures) {
    const base = name.split('/').at(-1) ?? name;
    byBase.set(base, byBase.has(base) ? null : name);
  }
  return (row) => {
    let wanted: string | null = null;
    for (const value of Object.values(row)) {
      if (typeof value !== 'string' || !endings.test(value) || value.length > 1024) continue;
      const clean = value.replaceAll('\\', '/').replace(/^\.\//, '');
      wanted ??= value;
      if (pictures.has(clean)) return { name: clean, wanted };
      const found = byBase.get(clean.split('/').at(-1) ?? clean);
      if (found) return { name: found, wanted };
    }
    return { name: null, wanted };
  };
}

async function* rowsWith(
  batches: SourceBatches,
  parts: { set: FileSet; find: Find; column: string },
  listen?: Listen,
): AsyncGenerator<readonly SourceRow[], void, void> {
  for await (const batch of batches) {
    for (const row of batch) {
      listen?.signal?.throwIfAborted();
      // One by one: a batch of pictures would not fit into memory.
      yield [row.kind === 'row' ? await withPicture(row, parts) : row];
    }
  }
}

async function withPicture(
  row: Extract<SourceRow, { kind: 'row' }>,
  { set, find, column }: { set: FileSet; find: Find; column: string },
): Promise<SourceRow> {
  const { name, wanted } = find(row.value);
  if (wanted === null) return { ...row, text: null };
  const aside = (message: string): SourceRow => ({
    kind: 'quarantined',
    number: row.number,
    byteOffset: row.byteOffset,
    code: 'picture_unreadable',
    message,
    raw: JSON.stringify(row.value).slice(0, 2000),
  });
  if (name === null) return aside(`The picture “${wanted}” is not among the files.`);
  const size = set.entries.find((one) => one.name === name)?.sizeBytes ?? 0;
  if (size > maxPictureBytes)
    return aside(`The picture “${name}” has ${size} bytes; at most 10 MB are taken.`);
  const pieces: Buffer[] = [];
  for await (const piece of set.bytes(name)) pieces.push(Buffer.from(piece));
  const url = pictureUrl(Buffer.concat(pieces));
  if (url === null) return aside(`“${name}” is no PNG, JPEG, GIF or WebP picture.`);
  return { ...row, value: { ...row.value, [column]: url }, text: null };
}
