import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { adjustedMutualInformation } from "./adjusted_mutual_information.ts";
import { adjustedRandIndex } from "./adjusted_rand_index.ts";
import fixture from "./fixtures/measures.json" with { type: "json" };
import { normalizedMutualInformation } from "./normalized_mutual_information.ts";
import { perClassRecall } from "./per_class_recall.ts";
import { purity } from "./purity.ts";
import { silhouette } from "./silhouette.ts";

const tolerance = { rtol: 1e-9, atol: 1e-12 };
const measures = {
  purity,
  normalizedMutualInformation,
  adjustedMutualInformation,
  adjustedRandIndex,
};

for (const clustering of fixture.clusterings) {
  const { classes, labels, name } = clustering;
  for (const [measure, compute] of Object.entries(measures)) {
    Deno.test(`${measure}() reference: equals scikit-learn, ${name}`, () => {
      const expected = clustering[measure as keyof typeof measures];
      assertAllClose([compute(classes, labels)], [expected], tolerance);
    });
  }
  Deno.test(`perClassRecall() reference: equals scikit-learn, ${name}`, () => {
    assertAllClose(perClassRecall(classes, labels), clustering.perClassRecall, tolerance);
  });
}

Deno.test("silhouette() reference: equals scikit-learn", async () => {
  const { x, shape, labels, mean, values } = fixture.silhouette;
  const data = { values: Float64Array.from(x), shape: [shape[0], shape[1]] } as const;
  const actual = await silhouette(data, labels);
  assertAllClose(actual.values, values, tolerance);
  assertAllClose([actual.mean], [mean], tolerance);
});
