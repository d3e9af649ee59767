import assert from "node:assert/strict";
import {
  type HostMatrix,
  type MixtureCovariance,
  mixtureShapes,
  useBackend,
} from "@mixtape/tensor-utils";
import { assertAllClose } from "@mixtape/tensor-utils/testing";
import { covarianceNames } from "./covariances/shapes.ts";
import { ComponentCollapseError, gaussianMixture, gaussianMixtureFromJSON } from "./mod.ts";

const backends = ["cpu", "simd"] as const;

function matrix(rows: readonly (readonly number[])[]): HostMatrix {
  return { values: Float64Array.from(rows.flat()), shape: [rows.length, rows[0].length] };
}

function column(...values: number[]): HostMatrix {
  return matrix(values.map((value) => [value]));
}

/** Temperatures in °C and, as a thermometer shows them, in °F. */
function thermometer(digits?: number): HostMatrix {
  return matrix(Array.from({ length: 200 }, (_, i) => {
    const celsius = Math.round(1000 * (15 + 10 * Math.sin(i) + 3 * Math.sin(7 * i))) / 1000;
    const fahrenheit = celsius * 9 / 5 + 32;
    return [celsius, digits === undefined ? fahrenheit : Number(fahrenheit.toFixed(digits))];
  }));
}

/** Mean log-likelihood of a normal distribution with the sample's mean and covariance, by its closed form. */
function closedForm({ values, shape: [n] }: HostMatrix, regularization: number): number {
  const mean = [0, 1].map((j) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[2 * i + j] - values[j];
    return values[j] + sum / n;
  });
  const moment = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      sum += (values[2 * i + a] - mean[a]) * (values[2 * i + b] - mean[b]);
    }
    return sum / n;
  };
  const [aa, ab, bb] = [moment(0, 0), moment(0, 1), moment(1, 1)];
  const r = regularization;
  // The residual of b on a is taken from the data: aa·bb − ab² would cancel.
  let residual = 0;
  for (let i = 0; i < n; i++) {
    residual += (values[2 * i + 1] - mean[1] - ab / aa * (values[2 * i] - mean[0])) ** 2 / n;
  }
  const determinant = aa * residual + r * (aa + bb) + r * r;
  const trace = (2 * aa * residual + r * (aa + bb)) / determinant;
  return -Math.log(2 * Math.PI) - Math.log(determinant) / 2 - trace / 2;
}

for (const backend of backends) {
  Deno.test(`gaussianMixture() on ${backend} keeps its digits when columns depend on each other`, async () => {
    await useBackend(backend);
    for (const digits of [undefined, 1, 2]) {
      const x = thermometer(digits);
      using model = await gaussianMixture(x, { components: 1 });
      assertAllClose([model.lowerBound], [closedForm(x, 1e-6)], { rtol: 1e-7 });
      assert.equal(model.iterations, 2);
    }
    const sum = matrix(Array.from({ length: 100 }, (_, i) => {
      const [a, b] = [Math.sin(3 * i), Math.cos(5 * i)];
      return [a, b, a + b];
    }));
    using model = await gaussianMixture(sum, { components: 1 });
    assert.equal(model.iterations, 2, "one component is fitted by one step");
    assertAllClose([mean(await model.logDensity(sum))], [model.lowerBound], { rtol: 1e-9 });
  });

  Deno.test(`gaussianMixture() on ${backend} fits tight clusters far apart`, async () => {
    await useBackend(backend);
    const x = column(0, 1, 2, 1e8, 1e8 + 1, 1e8 + 2);
    for (const covariance of covarianceNames) {
      using model = await gaussianMixture(x, { components: 2, covariance });
      const blocks = mixtureShapes[covariance].shared ? 1 : 2;
      assertAllClose(model.covariances.values, Array(blocks).fill(2 / 3 + 1e-6), { rtol: 1e-12 });
      assertAllClose([model.lowerBound], [-1.9093531597], { rtol: 1e-10 });
      const bic = 12 * 1.9093531597 + (3 + blocks) * Math.log(6);
      assertAllClose([await model.bic(x)], [bic], { rtol: 1e-9 });
    }
  });

  Deno.test(`gaussianMixture() on ${backend} gives outliers a component of their own`, async () => {
    await useBackend(backend);
    // Values by scikit-learn 1.2.1 from the same clusters, in float64.
    const cases = [
      { x: column(0, 0.01, 1, 1.01, 1e6), bound: 3.2460425779, bic: -19.5849224802 },
      { x: column(0, 1, 5, 6, 1e8), bound: -0.4377899009, bic: 17.2534023089 },
    ];
    for (const { x, bound, bic } of cases) {
      using model = await gaussianMixture(x, { components: 3 });
      assertAllClose([model.lowerBound], [bound], { rtol: 1e-9 });
      assertAllClose([mean(await model.logDensity(x))], [bound], { rtol: 1e-9 });
      assertAllClose([await model.bic(x)], [bic], { rtol: 1e-9 });
    }
  });

  Deno.test(`GaussianMixtureModel on ${backend} gives a row the same bits alone and in any batch`, async () => {
    await useBackend(backend);
    using model = await gaussianMixture(column(0, 0.1, 1, 1.1), { components: 2 });
    const [alone] = await model.logDensity(column(0.05));
    for (const other of [1e20, 1e38, -1e100, 1e200]) {
      const x = column(other, 0.05);
      assert.equal((await model.logDensity(x))[1], alone);
      assert.equal((await model.predict(x))[1], (await model.predict(column(0.05)))[0]);
    }
    for (const far of [-3e7, -1e3, 1e3, 3e7]) {
      const nearest = model.means.values[0] > model.means.values[1] === far > 0 ? [1, 0] : [0, 1];
      assert.deepEqual([...(await model.responsibilities(column(far))).values], nearest);
    }
  });

  Deno.test(`gaussianMixture() on ${backend} fits more components than there are distinct rows`, async () => {
    await useBackend(backend);
    for (const covariance of covarianceNames) {
      for (const regularization of [1e-6, 1, 100]) {
        for (const [x, components] of [[column(0, 0, 1), 3], [tenOver(2), 10]] as const) {
          using model = await gaussianMixture(x, {
            components,
            covariance,
            regularization,
            tolerance: 1e-12,
            maxIterations: 10_000,
          });
          assert.ok(model.converged);
          assertAllClose([mean(await model.logDensity(x))], [model.lowerBound], { rtol: 1e-9 });
          assertAllClose([model.weights.reduce((sum, weight) => sum + weight, 0)], [1]);
        }
      }
    }
  });
}

function tenOver(masses: number): HostMatrix {
  return matrix(Array.from({ length: 12 }, (_, i) => [i % masses, 3 * (i % masses)]));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

Deno.test("gaussianMixture() returns the start itself when maxIterations is 0", async () => {
  await useBackend("cpu");
  const x = column(0, 1, 5, 6);
  using start = await gaussianMixture(x, { components: 2, maxIterations: 0 });
  assert.deepEqual([start.iterations, [...start.lowerBoundHistory], start.converged], [
    0,
    [],
    false,
  ]);
  assertAllClose([...start.means.values].sort(), [0.5, 5.5]);
  assertAllClose([start.lowerBound], [mean(await start.logDensity(x))], { rtol: 1e-12 });
  using one = await gaussianMixture(x, { components: 2, maxIterations: 1 });
  assertAllClose([one.lowerBound], [start.lowerBound], { rtol: 1e-12 });
  const copy = gaussianMixtureFromJSON(JSON.parse(JSON.stringify(start)));
  assert.deepEqual([copy.lowerBound, copy.iterations], [start.lowerBound, 0]);
});

Deno.test("gaussianMixture() adds a note when regularization makes up much of a variance", async () => {
  await useBackend("cpu");
  const small = column(...Array.from({ length: 50 }, (_, i) => 1e-3 * Math.sin(i)));
  using noted = await gaussianMixture(small, { components: 1 });
  assert.equal(noted.notes.length, 1);
  assert.match(
    noted.notes[0],
    /^regularization, 0.000001, makes up more than 1% of 1 of 1 variances/,
  );
  const copy = gaussianMixtureFromJSON(JSON.parse(JSON.stringify(noted)));
  assert.deepEqual(copy.notes, noted.notes);
  const large = column(...Array.from({ length: 50 }, (_, i) => Math.sin(i)));
  for (const covariance of covarianceNames) {
    using silent = await gaussianMixture(large, { components: 1, covariance });
    assert.deepEqual(silent.notes, []);
  }
});

Deno.test("gaussianMixture() names a regularization that helps when float64 cannot tell columns apart", async () => {
  await useBackend("cpu");
  const x = matrix(Array.from({ length: 60 }, (_, i) => {
    const salary = 30_000 + 20_000 * Math.sin(i);
    return [salary, Math.cos(i), 12 * salary];
  }));
  for (const covariance of ["full", "tied"] as MixtureCovariance[]) {
    let message = "";
    const fit = gaussianMixture(x, { components: 1, covariance });
    await assert.rejects(fit, (error: unknown) => {
      assert.ok(error instanceof ComponentCollapseError);
      message = error.message;
      return true;
    });
    assert.match(
      message,
      /column 2 depends on those before it\), raise regularization to [\d.e+-]+ or more/,
    );
    const regularization = Number(/to ([\d.e+-]+) or more/.exec(message)![1]);
    using model = await gaussianMixture(x, { components: 1, covariance, regularization });
    assert.ok(Number.isFinite(model.lowerBound));
  }
});

Deno.test("gaussianMixture() rejects data whose squares overflow float64, with a reason", async () => {
  await useBackend("cpu");
  const init = "random";
  await assert.rejects(
    gaussianMixture(column(1e200, -1e200, 3e200), { components: 1, init }),
    { name: "RangeError", message: /exceed float64, divide x by its largest value/ },
  );
  const far = { weights: [1], means: [[1e180]], covariances: [[[1]]] };
  await assert.rejects(
    gaussianMixture(column(0, 1, 2), { components: 1, init: far }),
    { name: "RangeError", message: /density is below float64/ },
  );
});
