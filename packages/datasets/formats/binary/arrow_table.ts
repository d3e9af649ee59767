import {
  type Batch,
  type Codec,
  Column,
  CompressionType,
  setCompressionCodec,
  type Table,
  tableFromIPC,
} from "@uwdata/flechette";
import { allBytes, type ByteSource } from "../../sources/byte_source.ts";
import { columnTable } from "../../table/column_table.ts";
import type { OpenTable } from "../../table/open_table.ts";
import { valuesKind } from "../../table/value_kind.ts";

const SAMPLE_ROWS = 1000;

/**
 * Opens an Arrow file or stream, Feather included. It is read whole; a block is one of its batches.
 *
 * @throws {SyntaxError} If it is damaged.
 */
export async function openArrow(
  source: ByteSource,
  { missing }: { missing: ReadonlySet<string> },
): Promise<OpenTable> {
  const { name } = source;
  await addCodecs();
  const bytes = await allBytes(source);
  const table = orDamaged(name, () => tableFromIPC(bytes, { useDate: true, useBigInt: true }));
  const columns = orDamaged(name, () =>
    table.names.map((column, index) => ({
      name: column,
      ...valuesKind(firstValues(table, index), missing),
    })));
  const batches = table.children[0]?.data.length ?? 0;
  return columnTable({
    name,
    columns,
    missing,
    async *read(needed) {
      for (let b = 0; b < batches; b++) {
        const parts = needed.map((index) => table.children[index].data[b] as Batch<unknown>);
        const rows = parts[0]?.length ?? 0;
        const cells = orDamaged(name, () => parts.map((part) => new Column([part]).toArray()));
        yield await Promise.resolve({ rows, cells });
      }
    },
  });
}

function firstValues(table: Table, index: number): unknown[] {
  const column = table.getChildAt(index);
  const rows = Math.min(SAMPLE_ROWS, table.numRows);
  return Array.from({ length: rows }, (_, i) => column.at(i));
}

/** Gives the library the two compressions of the format, with the functions that Parquet uses. */
async function addCodecs(): Promise<void> {
  const { decompressZstd } = await import("hyparquet-compressors");
  const { decompressFrame } = await import("./lz4_frame.ts");
  const refuse = () => {
    throw new TypeError("Cannot write Arrow data here: they are only read");
  };
  const zstd: Codec = {
    encode: refuse,
    decode: (bytes) => decompressZstd(bytes),
  };
  setCompressionCodec(CompressionType.ZSTD, zstd);
  setCompressionCodec(CompressionType.LZ4_FRAME, {
    encode: refuse,
    decode: decompressFrame,
  });
}

function orDamaged<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const { message } = cause as { message?: string };
    throw new SyntaxError(
      `Cannot read ${name}: it is no whole Arrow file or stream (${message ?? cause})`,
      { cause },
    );
  }
}
