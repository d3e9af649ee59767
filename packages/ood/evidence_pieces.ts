import { type HostMatrix, rowRange } from "@mixtape/tensor-utils";
import type { Evidence } from "./evidence.ts";

/** Number of numbers of a piece: some milliseconds, even where each row is sorted. */
const NUMBERS = 2 ** 17;

/** Yields evidence in order, some rows at a time. */
export function* evidencePieces(
  { logits, activations, inputs, head }: Evidence,
): Generator<Evidence, void, void> {
  const [n] = logits.shape;
  const all = [logits, ...activations, ...inputs ? [inputs] : []];
  const numbers = all.reduce((sum, { shape }) => sum + shape[1], 0);
  const step = Math.ceil(NUMBERS / numbers);
  for (let start = 0; start < n; start += step) {
    const rows = (x: HostMatrix) => rowRange(x, start, Math.min(n, start + step));
    yield {
      logits: rows(logits),
      activations: activations.map(rows),
      inputs: inputs && rows(inputs),
      head,
    };
  }
}
