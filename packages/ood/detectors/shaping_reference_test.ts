import { useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import type { TrainingEvidence } from "../evidence.ts";
import reference from "../fixtures/shaping.json" with { type: "json" };
import { scaledActivations } from "./scaled_activations.ts";
import { shapedActivations } from "./shaped_activations.ts";

const matrix = (values: number[], columns: number) => ({
  values: Float64Array.from(values),
  shape: [values.length / columns, columns] as const,
});

for (const expected of reference) {
  const { units, share, kept, x, weights, bias } = expected;
  const rows = x.length / units;
  const training: TrainingEvidence = {
    logits: matrix(new Array(rows * 3).fill(0), 3),
    activations: [matrix(x, units)],
    labels: new Int32Array(rows),
    head: { weights: matrix(weights, 3), bias: Float32Array.from(bias) },
  };
  for (const kind of [shapedActivations, scaledActivations]) {
    Deno.test(`${kind.name} reference: keeps ${kept} of ${units} units at share ${share}`, async () => {
      await useBackend("cpu");
      using detector = await kind(training, { share });
      const scores = await detector.score(training);
      assertAllClose(scores, expected[kind.name as "ash-s" | "scale"], { rtol: 1e-6 });
    });
  }
}
