import { arrayKind } from "./array_kind.ts";
import type { HostMatrix, MatrixValues } from "./matrix.ts";

/**
 * Joins matrices of equally many columns, one below the other.
 *
 * @param parts At least one matrix; a single one is returned as it is.
 * @returns A matrix in the narrowest kind of array that holds all of them.
 */
export function joinRows(parts: readonly HostMatrix[]): HostMatrix {
  if (parts.length === 1) return parts[0];
  const rows = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  const [, d] = parts[0].shape;
  const values = emptyFor(parts, rows * d);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { values, shape: [rows, d] };
}

function emptyFor(parts: readonly HostMatrix[], length: number): MatrixValues {
  const kinds = new Set(parts.map(({ values }) => arrayKind(values)));
  if (kinds.has("Float64Array")) return new Float64Array(length);
  return kinds.has("Float32Array") ? new Float32Array(length) : new Uint8Array(length);
}
