import { random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { dot, inverse, type Rows, transposed } from "../testing/plain_algebra.ts";
import { headOrigin } from "./head_origin.ts";

const source = random(testSeed());
const draw = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => source.normal()));

const matrix = (rows: Rows) => ({
  values: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0].length] as const,
});

/** A head of `units` units and the training evidence of one row, whose activations are constant. */
function given(weights: Rows, bias: readonly number[], activations: readonly number[]) {
  return {
    logits: matrix([bias]),
    activations: [matrix([activations])],
    labels: new Int32Array(1),
    head: { weights: matrix(weights), bias: Float32Array.from(bias) },
  };
}

Deno.test("headOrigin() is the shortest activation with the smallest logits, constants counted as bias", () => {
  const bias = [0.5, -2, 1.25];
  for (const exponent of [undefined, -3]) {
    for (const isDependent of [false, true]) {
      // With fewer units than classes, or dependent classes, no activation makes all logits zero.
      for (const units of [2, 3, 7]) {
        const weights = draw(units, 3).map(([a, b, c]) => [a, b, isDependent ? a - 2 * b : c]);
        const constant = [0.5, -1.5, 2, 0.25, 1, 3, -2].slice(0, units);
        const kept = Uint32Array.from({ length: units }, (_, j) => j).filter((j) => j !== 1);
        const selection = { columns: units, kept, normalize: false, exponent };
        const origin = headOrigin(given(weights, bias, constant), selection);
        const own = Array.from(kept, (j) => weights[j]);
        const target = bias.map((b, c) => b + constant[1] * weights[1][c]);

        // Tikhonov's solution tends to the shortest one as its weight vanishes.
        const tiny = 1e-9;
        const gram = own.map((a, i) => own.map((b, j) => dot(a, b) + (i === j ? tiny : 0)));
        const pulled = own.map((row) => -dot(row, target));
        const expected = inverse(gram).inverse.map((row) =>
          dot(row, pulled) * 2 ** (exponent ?? 0)
        );
        assertAllClose(origin, expected, { rtol: 1e-4, atol: 1e-5 });
      }
    }
  }
});

Deno.test("headOrigin() makes all logits zero where it can", () => {
  const weights = draw(6, 4);
  const bias = [1, -0.5, 2, 0.25];
  const kept = Uint32Array.of(0, 1, 2, 3, 4, 5);
  const origin = headOrigin(given(weights, bias, [0, 0, 0, 0, 0, 0]), {
    columns: 6,
    kept,
    normalize: false,
  });
  const logits = transposed(weights).map((column, c) => bias[c] + dot(column, [...origin]));
  assertAllClose(logits, [0, 0, 0, 0], { atol: 1e-9 });
});
