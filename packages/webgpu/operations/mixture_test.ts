import assert from "node:assert/strict";
import type {
  MixtureAttributes,
  MixtureMoments,
  MixturePasses,
  MixtureTerms,
} from "@mixtape/operations";
import { logNormalizer, mixtureShapes, useBackend } from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import {
  mixtureProblem,
  type MixtureProblemOptions,
} from "../../tensor-utils/testing/mixture_problem.ts";
import { openReferenceMixture } from "../../tensor-utils/operations/mixture_reference.ts";
import { Gpu } from "../gpu.ts";
import { hasAdapter, startWebGpu } from "../testing/adapter.ts";
import { countTraffic } from "../testing/count_traffic.ts";
import { openMixture } from "./mixture.ts";
import { onProcessor } from "./processor.ts";

const backend = hasAdapter ? await startWebGpu() : undefined;
const ignore = !backend?.device.features.has("wgpu-shader-f64" as GPUFeatureName);
const covariances = ["full", "tied", "diagonal", "tied-diagonal", "spherical"] as const;

interface Given {
  readonly attrs: MixtureAttributes;
  readonly terms: MixtureTerms;
}

/** Data and a mixture, as the kernel is given them. */
function given(options: MixtureProblemOptions): Given {
  const { x, factors } = mixtureProblem(options);
  const { values, shape: [rows, columns] } = x;
  const shape = mixtureShapes[options.covariance];
  const { k, means, precisionFactors, logWeights } = factors;
  const constants = logWeights.map((logWeight, c) =>
    logWeight + logNormalizer(precisionFactors, c, columns, shape)
  );
  return {
    attrs: { values, rows, columns, shape },
    terms: { k, means, precisionFactors, constants },
  };
}

/** Many columns, and full covariances so wide that each row has a share of every component. */
function wide(n: number, d: number, k: number): Given {
  const wave = (length: number) => Float64Array.from({ length }, (_, at) => Math.sin(at * at));
  const factor = (at: number) => {
    const [row, column] = [Math.floor(at / d) % d, at % d];
    return row === column ? 0.01 : column < row ? 1e-4 * Math.sin(at) : 0;
  };
  const terms = {
    k,
    constants: wave(k),
    means: wave(k * d),
    precisionFactors: Float64Array.from({ length: k * d * d }, (_, at) => factor(at)),
  };
  const shape = mixtureShapes.full;
  return { attrs: { values: wave(n * d), rows: n, columns: d, shape }, terms };
}

async function open(attrs: MixtureAttributes): Promise<MixturePasses> {
  return openMixture({ inputs: {}, attrs, backend: await startWebGpu() });
}

function assertSameMoments(found: MixtureMoments, wanted: MixtureMoments, rtol = 1e-10): void {
  assertAllClose([found.logLikelihood], [wanted.logLikelihood], { rtol });
  for (const name of ["counts", "sums", "scatter"] as const) {
    const largest = wanted[name].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assertAllClose(found[name], wanted[name], { rtol, atol: rtol * largest });
  }
}

/** Lets a device have buffers of at most so many bytes while `work` runs. */
async function withBuffersOf(bytes: number, work: () => Promise<void>): Promise<void> {
  const whole = Object.getOwnPropertyDescriptor(Gpu.prototype, "mostBytes")!;
  Object.defineProperty(Gpu.prototype, "mostBytes", { ...whole, get: () => bytes });
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const isBound = (descriptor.usage & GPUBufferUsage.STORAGE) !== 0;
    assert.ok(!isBound || descriptor.size <= bytes, `a buffer of ${descriptor.size} bytes`);
    return createBuffer.call(this, descriptor);
  };
  try {
    await work();
  } finally {
    GPUDevice.prototype.createBuffer = createBuffer;
    Object.defineProperty(Gpu.prototype, "mostBytes", whole);
  }
}

for (const covariance of covariances) {
  const { attrs, terms } = given({ seed: 1, n: 2500, d: 25, k: 3, covariance });
  const step = (passes: MixturePasses) =>
    passes.step(terms, { about: terms.means, careful: false });

  Deno.test(`a step of EM takes 2 dispatches and 1 read, ${covariance}`, { ignore }, async () => {
    using passes = await open(attrs);
    const traffic = await countTraffic(async () => void await step(passes));
    assert.deepEqual(traffic, { dispatches: 2, submits: 1, reads: 1 });
  });

  Deno.test(
    `EM on 2500 rows has the same bits in four runs, ${covariance}`,
    { ignore },
    async () => {
      const run = async () => {
        using passes = await open(attrs);
        const responsibilities = await passes.responsibilities(terms);
        return {
          responsibilities,
          steps: [await step(passes), await step(passes)],
          moments: await passes.moments(responsibilities, terms.means),
          density: await passes.logDensity(terms),
        };
      };
      const first = await run();
      assert.deepEqual(first.steps[0], first.steps[1]);
      for (let again = 1; again < 4; again++) assert.deepEqual(await run(), first);
    },
  );

  Deno.test(`EM on rows in many small buffers is right, ${covariance}`, { ignore }, async () => {
    const { attrs, terms } = given({ seed: 2, n: 1500, d: 6, k: 4, covariance });
    const options = { about: terms.means.map((mean) => mean + 0.1), careful: true };
    const reference = openReferenceMixture(attrs);
    const wanted = {
      step: await reference.step(terms, options),
      density: await reference.logDensity(terms),
      responsibilities: await reference.responsibilities(terms),
    };
    // Two blocks of rows to a buffer, and the sums of few workgroups.
    await withBuffersOf(2 ** 14, async () => {
      using passes = await open(attrs);
      const traffic = await countTraffic(async () => {
        assertSameMoments(await passes.step(terms, options), wanted.step);
      });
      assert.ok(traffic.reads > 1 && traffic.dispatches > 6);
      assertAllClose(await passes.logDensity(terms), wanted.density, { rtol: 1e-12 });
      const { responsibilities } = wanted;
      assertAllClose(await passes.responsibilities(terms), responsibilities, { atol: 1e-12 });
      const moments = await passes.moments(responsibilities, options.about);
      assertSameMoments(moments, { ...wanted.step, logLikelihood: 0 });
    });
  });
}

Deno.test("a spherical mixture of 1,700,000 rows, beyond the largest binding, is right", {
  ignore,
}, async () => {
  const { attrs, terms } = given({ seed: 3, n: 17, d: 8, k: 2, covariance: "spherical" });
  const repeats = 100_000;
  const few = attrs.values;
  const values = new Float64Array(few.length * repeats);
  for (let at = 0; at < values.length; at += few.length) values.set(few, at);
  const options = { about: terms.means, careful: false };
  const once = await openReferenceMixture(attrs).step(terms, options);
  using passes = await open({ ...attrs, values, rows: 17 * repeats });
  let moments: MixtureMoments | undefined;
  const traffic = await countTraffic(async () => {
    moments = await passes.step(terms, options);
  });
  const times = (numbers: Float64Array) => numbers.map((value) => value * repeats);
  assertSameMoments(moments!, {
    logLikelihood: once.logLikelihood * repeats,
    counts: times(once.counts),
    sums: times(once.sums),
    scatter: times(once.scatter),
  });
  assert.ok(traffic.dispatches <= 6 && traffic.submits === 1 && traffic.reads === 1);
});

Deno.test("rows whose squares could overflow count, and leave the others alone", {
  ignore,
}, async () => {
  const { attrs, terms } = given({ seed: 4, n: 300, d: 3, k: 2, covariance: "full" });
  const values = attrs.values.slice();
  values.set([1e90, -1e90, 1e80], 3 * 7);
  const far = { ...attrs, values };
  await useBackend("webgpu");
  using passes = await open(far);
  using near = await open(attrs);
  const wanted = openReferenceMixture(far);
  const options = { about: terms.means, careful: false };
  assertSameMoments(await passes.step(terms, options), await wanted.step(terms, options));
  const shares = await passes.responsibilities(terms);
  assertAllClose(shares, await wanted.responsibilities(terms), { atol: 1e-12 });
  assertSameMoments(
    await passes.moments(shares, terms.means),
    await wanted.moments(shares, terms.means),
  );
  const density = await passes.logDensity(terms);
  const others = (scores: Float64Array) => scores.filter((_, row) => row !== 7);
  assert.deepEqual(others(density), others(await near.logDensity(terms)));
  assertAllClose(density, await wanted.logDensity(terms), { rtol: 1e-12 });
});

Deno.test("a mixture whose squares could overflow goes to the processor", { ignore }, async () => {
  const { attrs, terms } = given({ seed: 5, n: 40, d: 2, k: 2, covariance: "diagonal" });
  const steep = { ...terms, precisionFactors: terms.precisionFactors.map((w) => w * 1e70) };
  await useBackend("webgpu");
  using passes = await open(attrs);
  using wanted = onProcessor("MixtapeMixture", attrs, "");
  assert.deepEqual(await passes.logDensity(steep), await wanted.logDensity(steep));
  const options = { about: terms.means, careful: false };
  assert.deepEqual(await passes.step(steep, options), await wanted.step(steep, options));
});

Deno.test("threads take all their turns where there are almost too many", { ignore }, async () => {
  const { attrs, terms } = wide(256, 290, 8);
  const options = { about: terms.means, careful: true };
  await useBackend("webgpu");
  using passes = await open(attrs);
  const traffic = await countTraffic(async () => {
    const wanted = await openReferenceMixture(attrs).step(terms, options);
    assertSameMoments(await passes.step(terms, options), wanted);
  });
  assert.equal(traffic.dispatches, 2);
});

Deno.test("more columns and components than turns go to the processor", { ignore }, async () => {
  const { attrs, terms } = wide(30, 280, 10);
  const options = { about: terms.means, careful: false };
  await useBackend("webgpu");
  using passes = await open(attrs);
  using wanted = onProcessor("MixtapeMixture", attrs, "");
  const traffic = await countTraffic(async () => {
    assert.deepEqual(await passes.step(terms, options), await wanted.step(terms, options));
  });
  assert.equal(traffic.dispatches, 0);
});

Deno.test("responsibilities that are given are divided among buffers", { ignore }, async () => {
  // So many that a workgroup takes two blocks.
  const n = 140_000;
  const { attrs, terms } = given({ seed: 12, n, d: 1, k: 8, covariance: "spherical" });
  const reference = openReferenceMixture(attrs);
  const shares = Float64Array.from({ length: 8 * n }, (_, at) => Math.sin(at) ** 2);
  await withBuffersOf(2 ** 18, async () => {
    using passes = await open(attrs);
    assertSameMoments(
      await passes.moments(shares, terms.means),
      await reference.moments(shares, terms.means),
    );
  });
});

Deno.test("calls at the same time wait for each other", { ignore }, async () => {
  const one = given({ seed: 10, n: 700, d: 4, k: 2, covariance: "diagonal" });
  const two = given({ seed: 11, n: 700, d: 4, k: 5, covariance: "diagonal" }).terms;
  await withBuffersOf(2 ** 14, async () => {
    using passes = await open(one.attrs);
    const step = (terms: MixtureTerms) =>
      passes.step(terms, { about: terms.means, careful: false });
    const alone = [await step(one.terms), await step(two), await step(one.terms)];
    assert.deepEqual(await Promise.all([one.terms, two, one.terms].map(step)), alone);
  });
});

Deno.test("a step of EM on a device that is lost throws", { ignore }, async () => {
  const { attrs, terms } = given({ seed: 8, n: 50, d: 3, k: 2, covariance: "full" });
  using passes = await open(attrs);
  const lost = await startWebGpu();
  lost.device.destroy();
  await lost.device.lost;
  const step = async () => await passes.step(terms, { about: terms.means, careful: false });
  await assert.rejects(step, { name: "DeviceLostError" });
  using other = await open(attrs);
  assert.equal((await other.logDensity(terms)).length, 50);
});

Deno.test("passes that were disposed of say so, and ones that are aborted reject with the reason", {
  ignore,
}, async () => {
  const { attrs, terms } = given({ seed: 9, n: 50, d: 3, k: 2, covariance: "spherical" });
  const controller = new AbortController();
  const passes = await open({ ...attrs, signal: controller.signal });
  controller.abort(new RangeError("enough"));
  const score = async () => await passes.logDensity(terms);
  await assert.rejects(score, { name: "RangeError", message: "enough" });
  passes[Symbol.dispose]();
  passes[Symbol.dispose]();
  using closed = await open(attrs);
  closed[Symbol.dispose]();
  await assert.rejects(async () => await closed.logDensity(terms), { name: "TypeError" });
});
