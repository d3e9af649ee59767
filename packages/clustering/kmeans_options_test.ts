import assert from "node:assert/strict";
import vm from "node:vm";
import { type HostMatrix, type Label, useBackend } from "@mixtape/tensor-utils";
import { kMeans } from "./kmeans.ts";
import { kMeansFromJSON } from "./kmeans_from_json.ts";
import { kMeansMissing } from "./kmeans_missing.ts";
import { checkKMeansOptions, copyOptions, type KMeansOptions } from "./kmeans_options.ts";
import { miniBatchKMeans } from "./mini_batch_kmeans.ts";
import { missingObjective } from "./missing_objective.ts";
import { silhouette } from "./silhouette.ts";

await useBackend("cpu");

const x: HostMatrix = { values: Float64Array.of(0, 1, 8, 9, 20, 21), shape: [6, 1] };
const fits = { kMeans, miniBatchKMeans, kMeansMissing };

for (const [name, fit] of Object.entries(fits)) {
  Deno.test(`${name}() says what is missing without options, and refuses unknown ones`, async () => {
    const given = (options: unknown) => fit(x, options as KMeansOptions);
    await assert.rejects(given(undefined), {
      name: "TypeError",
      message: /^Cannot use clusters: undefined was given, a whole number is needed/,
    });
    await assert.rejects(given(null), /^TypeError: Cannot use the options of .*null was given/);
    await assert.rejects(given({ cluster: 2 }), {
      name: "TypeError",
      message:
        `Cannot use the option cluster: ${name} has none of that name, the nearest is clusters`,
    });
    await assert.rejects(given({ clusters: 2, signal: {} }), /an AbortSignal is needed/);
  });

  Deno.test(`${name}() takes undefined for the default of every option`, async () => {
    const undefineds = {
      init: undefined,
      maxIterations: undefined,
      tolerance: undefined,
      restarts: undefined,
      seed: undefined,
      labels: undefined,
      onIteration: undefined,
      signal: undefined,
    };
    using plain = await fit(x, { clusters: 3 });
    using same = await fit(x, { clusters: 3, ...undefineds });
    assert.deepEqual(same.toJSON(), plain.toJSON());
  });

  Deno.test(`${name}() starts from class means whatever the classes are called`, async () => {
    const numbers = [2, 2, 0, 0, 1, 1];
    const named: [(code: number) => Label, Label[]][] = [
      [(code) => ["a", "b", "c"][code], ["a", "b", "c"]],
      [(code) => code - 1, [-1, 0, 1]],
      [(code) => 20240131 + 1000 * code, [20240131, 20241131, 20242131]],
      [(code) => 10n ** BigInt(code), [1n, 10n, 100n]],
    ];
    using plain = await fit(x, { clusters: 3, init: "class-means", labels: numbers });
    assert.deepEqual(Array.from(plain.centroids.values, Math.floor), [8, 20, 0]);
    assert.deepEqual(plain.classes, [0, 1, 2]);
    for (const [nameOf, classes] of named) {
      const labels = numbers.map(nameOf);
      using model = await fit(x, { clusters: 3, init: "class-means", labels });
      assert.deepEqual(model.centroids, plain.centroids);
      assert.deepEqual(model.classes, classes);
      using again = kMeansFromJSON(JSON.parse(JSON.stringify(model)));
      assert.deepEqual(again.classes, classes);
    }
    using other = await fit(x, { clusters: 3, labels: numbers });
    assert.equal(other.classes, undefined);
  });
}

Deno.test("checkKMeansOptions() fills in the defaults that the options state", async () => {
  const checked = async (options: KMeansOptions) =>
    checkKMeansOptions(x, await copyOptions(options));
  const defaults = {
    clusters: 2,
    init: "k-means++",
    maxIterations: 300,
    tolerance: 1e-4,
    restarts: 1,
    seed: 0,
    sampleWeight: undefined,
    labels: undefined,
    onIteration: undefined,
    signal: undefined,
  };
  assert.deepEqual(await checked({ clusters: 2 }), defaults);
  const random = { ...defaults, init: "random", restarts: 10 };
  assert.deepEqual(await checked({ clusters: 2, init: "random" }), random);
  for (const init of ["random", "k-means++"] as const) {
    assert.equal((await checked({ clusters: 2, init, restarts: 4 })).restarts, 4);
  }
  const { signal } = new AbortController();
  const given = {
    maxIterations: 1,
    tolerance: 0,
    seed: -7,
    sampleWeight: [0, 1, 2, 3, 4, 5],
    labels: ["b", "a", "b", "b", "b", "b"],
    onIteration: () => {},
    signal,
  };
  for (const init of ["class-means", [[9], [4]]] as const) {
    const options = await checked({ clusters: 2, init, ...given });
    await assert.rejects(checked({ clusters: 2, init, restarts: 4, ...given }), {
      name: "RangeError",
      message: /^Cannot restart 4 times from a start that is not random/,
    });
    assert.deepEqual(options, {
      ...given,
      clusters: 2,
      init: init === "class-means" ? init : Float64Array.of(9, 4),
      restarts: 1,
      sampleWeight: Float64Array.of(0, 1, 2, 3, 4, 5),
      labels: { codes: Int32Array.of(1, 0, 1, 1, 1, 1), values: ["a", "b"] },
    });
  }
  await assert.rejects(checked({ clusters: 2, init: [[9, 1], [4, 1]] }), /\[2, 1\] is needed/);
  assert.equal((await checked({ clusters: 5, sampleWeight: [1, 1, 1, 0, 1, 1] })).clusters, 5);
  assert.equal((await checked({ clusters: 6 })).clusters, 6);
});

Deno.test("kMeans() takes rows, numbers and arrays of another realm like typed arrays", async () => {
  using plain = await kMeans(x, { clusters: 3, sampleWeight: [1, 2, 1, 1, 1, 1] });
  const weights = vm.runInNewContext("Float64Array.of(1, 2, 1, 1, 1, 1)");
  const numbers = [...x.values];
  const shape: number[] = [6, 1];
  const inputs = [
    numbers.map((value) => [value]),
    { values: numbers, shape },
    { values: Uint8ClampedArray.from(numbers), shape },
    vm.runInNewContext("({ values: Float32Array.of(0, 1, 8, 9, 20, 21), shape: [6, 1] })"),
  ];
  for (const input of inputs) {
    using model = await kMeans(input, { clusters: 3, sampleWeight: weights });
    assert.deepEqual(model.toJSON(), plain.toJSON());
    assert.deepEqual(await model.predict(input), plain.labels);
  }
});

Deno.test("kMeansMissing() takes a mask and a prior mean of any kind of array", async () => {
  const options = {
    clusters: 2,
    priorMean: Float64Array.of(3),
    mask: Uint8Array.of(0, 1, 0, 0, 0, 0),
  };
  using plain = await kMeansMissing(x, options);
  const mask = vm.runInNewContext("[false, true, false, false, false, false]");
  using model = await kMeansMissing(x, { clusters: 2, priorMean: [3], mask });
  assert.deepEqual(model.toJSON(), plain.toJSON());
});

Deno.test("silhouette() and missingObjective() refuse options that they do not know", async () => {
  const labels = [0, 0, 1, 1, 1, 1];
  await assert.rejects(silhouette(x, labels, { maxRow: 3 } as object), /nearest is maxRows$/);
  await assert.rejects(
    missingObjective(x, [[1], [2]], labels, { varianc: 3 } as object),
    /the nearest is variance$/,
  );
});
