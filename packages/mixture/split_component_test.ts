import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import type { MixtureCovariance } from "./mod.ts";
import { checkParameters } from "./parameters.ts";
import { splitWidest } from "./split_component.ts";

Deno.test("splitWidest() keeps the moments of the component it splits", () => {
  const start = checkParameters(
    { weights: [0.2, 0.8], means: [0, 0, 3, 4], covariances: [1, 0, 0, 1, 5, 2, 2, 3] },
    2,
    "start",
  );
  const { weights, means, covariances } = splitWidest(start, 3);
  assertAllClose(weights, [0.2, 0.4, 0.4]);
  assertAllClose(means.slice(0, 2), [0, 0]);
  const middle = [0, 1].map((j) => (means[2 + j] + means[4 + j]) / 2);
  assertAllClose(middle, [3, 4]);
  const half = [0, 1].map((j) => means[4 + j] - middle[j]);
  const whole = [0, 1, 2, 3].map((at) => covariances[4 + at] + half[at >> 1] * half[at % 2]);
  assertAllClose(whole, [5, 2, 2, 3]);
  assertAllClose(covariances.slice(8), covariances.slice(4, 8));
});

Deno.test("splitWidest() splits every shape until there are enough components", () => {
  const written: Record<MixtureCovariance, number[]> = {
    full: [1, 0, 0, 4],
    tied: [1, 0, 0, 4],
    diagonal: [1, 4],
    "tied-diagonal": [1, 4],
    spherical: [2],
  };
  for (const covariance of covarianceNames) {
    const covariances = written[covariance];
    const start = { covariance, weights: [1], means: [0, 0], covariances };
    const checked = checkParameters(start, 2, "start");
    const split = splitWidest(checked, 5);
    assert.equal(split.components, 5);
    checkParameters(split, 2, "split");
    assert.equal(splitWidest(split, 3), split);
    assert.deepEqual([...checked.means], [0, 0]);
  }
});
