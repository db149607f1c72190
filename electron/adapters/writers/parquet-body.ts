import { type ColumnSource, ParquetWriter, schemaFromColumnData, ByteWriter } from 'hyparquet-writer';
import { tableColumns } from '../../../shared/features/formats/flat-table.codec.ts';
import type { OutgoingRow } from '../../core/row-files.ts';
import type { Body } from './body.ts';

/** Rows of one group, which is what stands in memory at a time. */
const groupRows = 10_000;
const groupBytes = 32 * 1024 * 1024;

/** The table as Parquet: a column of texts each, in groups of rows. */
export function createParquetBody(): Body {
  const bytes = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: columnsOf([]) });
  const parquet = new ParquetWriter({ writer: bytes, schema, createdBy: 'Lapidary' });
  let group: OutgoingRow[] = [];
  let size = 0;
  const writeGroup = (): void => {
    if (group.length === 0) return;
    void parquet.write({ columnData: columnsOf(group), rowGroupSize: group.length });
    group = [];
    size = 0;
  };
  return {
    begin: () => taken(bytes),
    rows(rows) {
      for (const row of rows) {
        group.push(row);
        size += weightOf(row);
        if (group.length >= groupRows || size >= groupBytes) writeGroup();
      }
      return taken(bytes);
    },
    end() {
      writeGroup();
      void parquet.finish();
      return taken(bytes);
    },
  };
}

function columnsOf(rows: readonly OutgoingRow[]): ColumnSource[] {
  return tableColumns
    .filter((column) => column !== 'formula_safe')
    .map((name) => ({
      name,
      type: 'STRING',
      nullable: true,
      data: rows.map(({ value }) => textOf(value?.[name])),
    }));
}

function textOf(cell: unknown): string | null {
  return typeof cell === 'string' ? cell : null;
}

function weightOf({ value }: OutgoingRow): number {
  return value === null
    ? 0
    : Object.values(value).reduce<number>((sum, cell) => sum + (textOf(cell)?.length ?? 0), 0);
}

/** The bytes written since the last call; the writer goes on counting its offset from the file's beginning. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.buffer, 0, writer.index).slice();
  writer.index = 0;
  return bytes;
}
