import assert from "node:assert/strict";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import type { MixtureCovariance } from "./mod.ts";
import { checkParameters } from "./parameters.ts";
import { splitWidest } from "./split_component.ts";

Deno.test("splitWidest() keeps the moments of the component it splits", async () => {
  const start = checkParameters(
    { weights: [0.2, 0.8], means: [0, 0, 3, 4], covariances: [1, 0, 0, 1, 5, 2, 2, 3] },
    2,
    "start",
  );
  const { weights, means, covariances } = await splitWidest(start, 3);
  assertAllClose(weights, [0.2, 0.4, 0.4]);
  assertAllClose(means.slice(0, 2), [0, 0]);
  const middle = [0, 1].map((j) => (means[2 + j] + means[4 + j]) / 2);
  assertAllClose(middle, [3, 4]);
  const half = [0, 1].map((j) => means[4 + j] - middle[j]);
  const whole = [0, 1, 2, 3].map((at) => covariances[4 + at] + half[at >> 1] * half[at % 2]);
  assertAllClose(whole, [5, 2, 2, 3]);
  assertAllClose(covariances.slice(8), covariances.slice(4, 8));
});

Deno.test("splitWidest() splits the component that is widest by its weight, half a deviation to either side", async () => {
  // Variances of 9 and 4 with weights that make 0.9 and 3.6 of them, and the tie for the first.
  const given = { weights: [0.1, 0.9], means: [1, 2, 5, 7] };
  const written = {
    full: [[9, 0, 0, 1, 1, 0, 0, 4], [9, 0, 0, 1, 1, 0, 0, 3, 1, 0, 0, 3]],
    tied: [[1, 0, 0, 4], [1, 0, 0, 4]],
    diagonal: [[9, 1, 1, 4], [9, 1, 1, 3, 1, 3]],
    "tied-diagonal": [[1, 4], [1, 4]],
    spherical: [[9, 4], [9, 4, 4]],
  };
  for (const covariance of covarianceNames) {
    const [covariances, expected] = written[covariance];
    const start = checkParameters({ ...given, covariance, covariances }, 2, "start");
    const split = await splitWidest(start, 3);
    assertAllClose(split.weights, [0.1, 0.45, 0.45], { rtol: 1e-15 });
    const [low, high] = covariance === "spherical" ? [[4, 7], [6, 7]] : [[5, 6], [5, 8]];
    const [second, third] = [split.means.slice(2, 4), split.means.slice(4, 6)];
    const isMinus = covariance !== "spherical" && second[1] > third[1];
    assertAllClose([...isMinus ? third : second, ...isMinus ? second : third], [...low, ...high]);
    assert.deepEqual([...split.means.slice(0, 2)], [1, 2]);
    assertAllClose(split.covariances, expected, { rtol: 1e-12, atol: 1e-12 });
    assert.equal(split.covariance, covariance);
  }
  const equal = checkParameters(
    {
      covariance: "spherical",
      weights: [0.5, 0.5],
      means: [1, 2, 5, 7],
      covariances: [4, 4],
    },
    2,
    "start",
  );
  assert.deepEqual([...(await splitWidest(equal, 3)).weights], [0.25, 0.5, 0.25]);
});

Deno.test("splitWidest() splits every shape until there are enough components", async () => {
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
    const split = await splitWidest(checked, 5);
    assert.equal(split.components, 5);
    checkParameters(split, 2, "split");
    assert.equal(await splitWidest(split, 3), split);
    assert.deepEqual([...checked.means], [0, 0]);
  }
});
