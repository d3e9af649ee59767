import assert from "node:assert/strict";
import type {
  MixturePasses,
  MixtureTerms,
  NamedKernel,
  NamedKernels,
  OperationName,
} from "@mixtape/operations";
import type { SimdBackend } from "./backend.ts";
import { namedKernels } from "./operations/registry.ts";

/** Compiles for a kernel that fits its operation. An error that is expected and does not come is one, too. */
function fits<Name extends OperationName>(_: Name, kernel: NamedKernel<Name, SimdBackend>): void {
  assert.equal(typeof kernel, "function");
}

const product = new Float64Array(1);

Deno.test("a kernel with another attribute than its operation's does not compile", () => {
  fits("MixtapeFloat64Product", ({ attrs: { a, b } }) => product.fill(a[0] * b[0]));
  // @ts-expect-error the factors are a and b
  fits("MixtapeFloat64Product", ({ attrs: { left } }) => product.fill(left));
  const narrow = ({ attrs: { a } }: { attrs: { a: Float32Array } }) => product.fill(a[0]);
  // @ts-expect-error they are float64
  fits("MixtapeFloat64Product", narrow);
  const demanding = ({ attrs: { rows } }: { attrs: { rows: Uint32Array } }) =>
    Promise.resolve({ labels: new Int32Array(rows), distances: new Float64Array(rows) });
  // @ts-expect-error rows are not listed
  fits("MixtapeNearest", demanding);
});

Deno.test("a kernel with another result than its operation's does not compile", () => {
  // @ts-expect-error a product comes at once
  fits("MixtapeFloat64Product", () => Promise.resolve(product));
  const unsure = () => ({ labels: product, distances: product });
  // @ts-expect-error labels are whole numbers
  fits("MixtapeNearest", unsure);
  const passes = { ...({} as MixturePasses), logDensity: () => product };
  fits("MixtapeMixture", () => passes);
  const demanding = {
    ...passes,
    logDensity: (terms: MixtureTerms & { covariances: number }) => product.fill(terms.covariances),
  };
  // @ts-expect-error a pass is given no covariances
  fits("MixtapeMixture", () => demanding);
});

Deno.test("a kernel of no operation, and an operation without a kernel, do not compile", () => {
  // @ts-expect-error there is no such operation
  fits("MixtapeCentre", () => product);
  const { MixtapeLloyd: _, ...others } = namedKernels;
  // @ts-expect-error MixtapeLloyd is missing
  const kernels: NamedKernels<SimdBackend> = others;
  assert.ok(!("MixtapeLloyd" in kernels));
});
