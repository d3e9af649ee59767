import type { AsyncBuffer, ColumnChunk, Compressors, DecodedArray, SchemaTree } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { convert, convertWithDictionary, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";
import { compressors } from "hyparquet-compressors";

/** A column of numbers of a row group, and its place in the schema. */
export interface FlatColumn {
  /** The column in the row group. */
  readonly chunk: ColumnChunk;
  /** The schema from its root to the column, which holds single values. */
  readonly schemaPath: SchemaTree[];
}

/**
 * Returns true if a column of a row group has no missing values, by its statistics. The library
 * makes an array of two numbers per value for a column that may have some, which takes three times
 * as long as all the rest.
 */
export function hasNoGaps({ meta_data }: ColumnChunk): boolean {
  return meta_data?.statistics?.null_count === 0n && meta_data.path_in_schema.length === 1;
}

/**
 * Reads a column without missing values page by page, with the library's readers of pages.
 *
 * @param file The file.
 * @param column The column; {@linkcode hasNoGaps} must be true for it.
 * @returns The values of each page.
 */
export async function readPages(
  file: AsyncBuffer,
  { chunk, schemaPath }: FlatColumn,
): Promise<DecodedArray[]> {
  const {
    codec,
    data_page_offset,
    dictionary_page_offset,
    num_values,
    path_in_schema,
    total_compressed_size,
    type,
  } = chunk.meta_data!;
  const start = Number(dictionary_page_offset || data_page_offset);
  const bytes = await file.slice(start, start + Number(total_compressed_size));
  const reader = { view: new DataView(bytes), offset: 0 };
  const { element } = schemaPath[schemaPath.length - 1];
  const decoder = {
    pathInSchema: path_in_schema,
    type,
    element,
    schemaPath,
    codec,
    compressors: compressors as Compressors,
    parsers: DEFAULT_PARSERS,
  };
  const pages: DecodedArray[] = [];
  let dictionary: DecodedArray | undefined;
  let rows = 0;
  while (rows < Number(num_values)) {
    const header = parquetHeader(reader);
    const packed = new Uint8Array(bytes, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    const unpacked = () =>
      decompressPage(packed, header.uncompressed_page_size, codec, compressors);
    if (header.dictionary_page_header !== undefined) {
      const page = unpacked();
      const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
      const { num_values } = header.dictionary_page_header;
      dictionary = convert(readPlain({ view, offset: 0 }, type, num_values, undefined), decoder);
      continue;
    }
    const first = header.data_page_header;
    const encoding = first?.encoding ?? header.data_page_header_v2!.encoding;
    const { dataPage } = first === undefined
      ? readDataPageV2(packed, header, decoder)
      : readDataPage(withoutLevels(unpacked(), element.repetition_type), first, {
        ...decoder,
        schemaPath: required,
      });
    const values = convertWithDictionary(dataPage, dictionary, encoding, decoder);
    pages.push(values);
    rows += values.length;
  }
  return pages;
}

/** Schema of a column that cannot have missing values, and so has no levels to read. */
const required: SchemaTree[] = [{
  count: 1,
  element: { name: "", repetition_type: "REQUIRED" },
  children: [],
  path: [],
}];

/** Removes the levels at the beginning of a page, which say that no value is missing. */
function withoutLevels(page: Uint8Array, repetition: string | undefined): Uint8Array {
  if (repetition === "REQUIRED") return page;
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  return page.subarray(4 + view.getUint32(0, true));
}
