import assert from "node:assert/strict";
import {
  type HostMatrix,
  matrixSource,
  mixtureShapes,
  openMixture,
  random,
  RowReader,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { addMoments, BlockMixture } from "./block_mixture.ts";
import { fitMixture, gaussianMixture } from "./gaussian_mixture.ts";
import { GaussianMixtureModel } from "./gaussian_mixture_model.ts";
import { checkOptions, copyInit, type GaussianMixtureOptions } from "./options.ts";

const backends = [["cpu", 1], ["simd", 1], ["simd", 2]] as const;
const shapes = Object.keys(mixtureShapes) as (keyof typeof mixtureShapes)[];

function blobs(n: number, d: number, centres: number): HostMatrix {
  const source = random(11);
  const means = Float64Array.from({ length: centres * d }, () => 6 * source.normal());
  const own = Uint8Array.from({ length: n }, () => source.integer(centres));
  const values = Float32Array.from(
    { length: n * d },
    (_, at) => means[own[Math.floor(at / d)] * d + at % d] + source.normal() * (1 + at % d / 3),
  );
  return { values, shape: [n, d] };
}

function readerOf(x: HostMatrix, cut: number, blockRows: number): RowReader {
  return new RowReader(matrixSource(x, cut), "x", { blockValues: blockRows * x.shape[1] });
}

async function fitInBlocks(
  x: HostMatrix,
  cut: number,
  blockRows: number,
  options: GaussianMixtureOptions,
): Promise<GaussianMixtureModel> {
  const rows = readerOf(x, cut, blockRows);
  const { init } = await copyInit(options.init);
  const checked = await checkOptions({ ...options, init }, rows);
  const session = new BlockMixture(rows, checked.covariance, checked.signal);
  return new GaussianMixtureModel(await fitMixture(rows, session, checked));
}

Deno.test("gaussianMixture() of a source has the same bits however it is cut, on any number of threads", async () => {
  const x = blobs(420, 4, 3);
  for (const covariance of shapes) {
    for (const init of ["k-means", "random"] as const) {
      const options = { components: 3, covariance, init, maxIterations: 5, tolerance: 0, seed: 2 };
      let onSimd: string | undefined;
      for (const [backend, threads] of backends) {
        await useBackend(backend, { threads });
        using expected = await gaussianMixture(x, options);
        using whole = await gaussianMixture(matrixSource(x, 100), options);
        assert.equal(JSON.stringify(whole), JSON.stringify(expected));
        using model = await fitInBlocks(x, 37, 128, options);
        using other = await fitInBlocks(x, 420, 128, options);
        assert.equal(JSON.stringify(model), JSON.stringify(other));
        assertAllClose(model.weights, expected.weights, { rtol: 1e-9 });
        assertAllClose(model.means.values, expected.means.values, { rtol: 1e-8 });
        assertAllClose(model.covariances.values, expected.covariances.values, {
          rtol: 1e-8,
          atol: 1e-9,
        });
        assertAllClose(model.lowerBoundHistory, expected.lowerBoundHistory, { rtol: 1e-11 });
        if (backend === "simd") {
          assert.equal(onSimd ??= JSON.stringify(model), JSON.stringify(model));
        }
      }
    }
  }
});

Deno.test("BlockMixture adds up the moments of blocks in their order, to the bit", async () => {
  for (const [backend, threads] of backends) {
    await useBackend(backend, { threads });
    const x = blobs(300, 3, 2);
    for (const covariance of shapes) {
      using whole = openMixture(x, covariance);
      const options = await checkOptions({ components: 2, covariance, maxIterations: 2 }, x);
      const { factors } = await fitMixture(x, whole, options);
      const session = new BlockMixture(readerOf(x, 11, 64), covariance);
      let total;
      const densities: number[] = [];
      const all: number[] = [];
      for (let row = 0; row < 300; row += 64) {
        const values = x.values.slice(3 * row, 3 * Math.min(300, row + 64));
        using part = openMixture({ values, shape: [values.length / 3, 3] }, covariance);
        total = addMoments(total, await part.step(factors));
        densities.push(...await part.logDensity(factors));
        all.push(...await part.responsibilities(factors));
      }
      assert.deepEqual(await session.step(factors), total);
      assert.deepEqual([...await session.logDensity(factors)], densities);
      const responsibilities = await session.responsibilities(factors);
      assert.deepEqual([...responsibilities], all);
      const { counts } = await session.moments(responsibilities, factors.means);
      assertAllClose(counts, total!.counts, { rtol: 1e-12 });
    }
  }
});

Deno.test("gaussianMixture() of a source starts from given parameters and responsibilities, and with no iteration", async () => {
  await useBackend("simd");
  const x = blobs(200, 2, 2);
  const responsibilities = {
    values: Float64Array.from({ length: 400 }, (_, at) => (at % 2 ? 0.25 : 0.75)).map((r, at) =>
      Math.floor(at / 2) % 2 ? r : 1 - r
    ),
    shape: [200, 2],
  };
  using given = await gaussianMixture(x, { components: 2, maxIterations: 1 });
  for (const init of [{ responsibilities }, given]) {
    for (const maxIterations of [0, 3]) {
      const options = { components: 2, init, maxIterations };
      using expected = await gaussianMixture(x, options);
      using model = await fitInBlocks(x, 30, 50, options);
      assertAllClose(model.means.values, expected.means.values, { rtol: 1e-10 });
      assertAllClose([model.lowerBound], [expected.lowerBound], { rtol: 1e-12 });
    }
  }
});

Deno.test("A mixture scores the rows of a source as those of the matrix", async () => {
  await useBackend("simd");
  const x = blobs(500, 3, 2);
  using model = await gaussianMixture(x, { components: 2 });
  const source = matrixSource(x, 77);
  assert.deepEqual(await model.logDensity(source), await model.logDensity(x));
  assert.deepEqual(await model.predict(source), await model.predict(x));
  assert.equal(await model.bic(source), await model.bic(x));
  assert.equal(await model.aic(source), await model.aic(x));
  await assert.rejects(model.predict(matrixSource({ values: x.values, shape: [750, 2] }, 9)), {
    name: "RangeError",
    message:
      "Cannot use x: its source has 2 columns, 3 are needed, as in the data the model was fitted on",
  });
});

Deno.test("gaussianMixture() of a source can be aborted, and reports each iteration", async () => {
  await useBackend("simd");
  const x = blobs(300, 2, 2);
  const controller = new AbortController();
  const seen: number[] = [];
  await assert.rejects(
    fitInBlocks(x, 50, 60, {
      ...{ components: 2, tolerance: 0, signal: controller.signal },
      onIteration: ({ iteration }) => {
        seen.push(iteration);
        controller.abort();
      },
    }),
    { name: "AbortError" },
  );
  assert.deepEqual(seen, [0]);
});
