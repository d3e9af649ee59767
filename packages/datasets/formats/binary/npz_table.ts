import { closest } from "fastest-levenshtein";
import { unzipSync } from "fflate";
import { allBytes, type ByteSource } from "../../sources/byte_source.ts";
import { matrixTable } from "../../table/matrix_table.ts";
import type { OpenTable } from "../../table/open_table.ts";
import {
  byRows,
  matrixShape,
  type NpyArray,
  npyHeader,
  npyNumbers,
  npyStrings,
} from "./npy_array.ts";

/** Choice among the arrays of an archive. */
export interface NpzOptions {
  /** Name of the array that is the matrix. */
  readonly array?: string;
  /** Name of the array of labels. */
  readonly label?: string | number;
}

interface Member extends NpyArray {
  readonly bytes: Uint8Array;
}

/**
 * Opens an NPZ archive: the array of that name as the matrix, or the only one of two or more
 * dimensions; and an array of one dimension as labels.
 *
 * @throws {SyntaxError} If it is damaged.
 * @throws {RangeError} If it has no such array, or several that may be meant.
 */
export async function openNpz(
  source: ByteSource,
  { array, label }: NpzOptions,
): Promise<OpenTable> {
  const members = readMembers(await allBytes(source), source.name);
  const name = array ?? onlyMatrix(members, source.name);
  const member = memberOf(members, name, "array", source.name);
  const [n, d] = matrixShape(member.shape);
  const labels = typeof label === "string"
    ? labelsOf(memberOf(members, label, "label", source.name), n, label, source.name)
    : undefined;
  const path = `${name}.npy in ${source.name}`;
  const stored = npyNumbers(member.bytes.subarray(member.offset), member, path);
  if (stored.length < n * d) {
    throw new SyntaxError(
      `Cannot read ${path}: its shape [${member.shape}] needs ${
        n * d
      } values, it has ${stored.length}`,
    );
  }
  const values = byRows(stored.subarray(0, n * d), member, path);
  return matrixTable({
    d,
    labelName: typeof label === "string" ? label : undefined,
    async *read() {
      yield await Promise.resolve({ rows: n, values, labels });
    },
  });
}

function readMembers(bytes: Uint8Array, name: string): ReadonlyMap<string, Member> {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, { filter: (file) => file.name.endsWith(".npy") });
  } catch (cause) {
    throw new SyntaxError(
      `Cannot read ${name}: it begins like a zip archive, but is cut short or damaged`,
      { cause },
    );
  }
  const members = Object.entries(files).map(([path, file]) => {
    const header = npyHeader(file, `${path} in ${name}`);
    return [path.replace(/\.npy$/, ""), { ...header, bytes: file }] as const;
  });
  if (members.length > 0) return new Map(members);
  throw new SyntaxError(
    `Cannot read ${name}: the archive has no NPY files, an NPZ is needed; ` +
      `save a sheet of Excel as CSV, and unpack an archive of other files`,
  );
}

function onlyMatrix(members: ReadonlyMap<string, Member>, name: string): string {
  const names = [...members.keys()];
  if (names.length === 1) return names[0];
  const matrices = names.filter((one) => members.get(one)!.shape.length >= 2);
  if (matrices.length === 1) return matrices[0];
  throw new RangeError(
    `Cannot read ${name}: it holds the arrays ${names.join(", ")}, ` +
      `the option array has to name the matrix among them`,
  );
}

function memberOf(
  members: ReadonlyMap<string, Member>,
  key: string,
  option: string,
  name: string,
): Member {
  const member = members.get(key);
  if (member !== undefined) return member;
  const names = [...members.keys()];
  throw new RangeError(
    `Cannot use ${option}: ${name} has no array ${JSON.stringify(key)}, ` +
      `the nearest is ${JSON.stringify(closest(key, names))}`,
  );
}

function labelsOf(member: Member, n: number, label: string, name: string): unknown[] {
  const bytes = member.bytes.subarray(member.offset);
  const path = `${label}.npy in ${name}`;
  const labels = npyStrings(bytes, member) ?? Array.from<unknown>(npyNumbers(bytes, member, path));
  if (labels.length === n) return labels;
  throw new RangeError(
    `Cannot use label: ${path} has ${labels.length} values, ${n} are needed, one per row`,
  );
}
