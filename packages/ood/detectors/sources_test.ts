import assert from "node:assert/strict";
import { type HostMatrix, matrixSource, random, type RowSource } from "@mixtape/tensor-utils";
import { testSeed } from "@mixtape/tensor-utils/testing";
import { detectorFromJSON, detectorNamed, detectors } from "../registry.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { pixelDensity } from "./pixel_density.ts";

/** More rows than the 65,536 of a block of 32 columns. */
const [n, d] = [66_100, 32];
const source = random(testSeed());
const labels = Uint8Array.from({ length: n }, () => source.integer(3));
const x: HostMatrix = {
  values: Float32Array.from(
    { length: n * d },
    (_, at) => labels[Math.floor(at / d)] + (1 + at % d / 9) * source.next(),
  ),
  shape: [n, d],
};

const evidenceOf = (rows: HostMatrix | RowSource) => ({ activations: [rows], inputs: rows });

/** The rows with a value of NaN in the second block. */
function damaged(row: number): RowSource {
  return {
    shape: x.shape,
    async *blocks(signal) {
      let from = 0;
      for await (const { values, shape } of matrixSource(x, 10_000).blocks(signal)) {
        const copy = values.slice();
        if (row >= from && row < from + shape[0]) copy[(row - from) * d + 2] = NaN;
        yield { values: copy, shape };
        from += shape[0];
      }
    },
  };
}

/** The rows, of which the block that begins at `row` calls back before it is given. */
function watched(row: number, called: () => void): RowSource {
  return {
    shape: x.shape,
    async *blocks() {
      let from = 0;
      for await (const block of matrixSource(x, 10_000).blocks()) {
        if (from === row) called();
        yield block;
        from += block.shape[0];
      }
    },
  };
}

Deno.test("Detectors that are made of sums over rows read sources", () => {
  const names = detectors.filter(({ sources }) => sources).map(({ name }) => name);
  assert.deepEqual(names, ["ddu", "mahalanobis", "mahalanobis++", "ppca", "relative-mahalanobis"]);
});

for (const kind of detectors) {
  if (kind.sources) {
    Deno.test(`${kind.name} of a source longer than a block has the bits of the matrix`, async () => {
      using expected = await kind({ ...evidenceOf(x), labels });
      using detector = await kind({ ...evidenceOf(matrixSource(x, 9_999)), labels });
      assert.equal(JSON.stringify(detector), JSON.stringify(expected));
      using again = detectorFromJSON(JSON.parse(JSON.stringify(expected)));
      const scores = await again.score(evidenceOf(matrixSource(x, 30_001)));
      assert.deepEqual(scores, await expected.score(evidenceOf(x)));
    });
    continue;
  }
  const part = ["layers", "penultimate", "head", "inputs"].find((need) =>
    kind.needs.includes(need as "layers")
  );
  if (part === undefined) continue;
  Deno.test(`${kind.name} refuses a source, and says what to do`, async () => {
    const values = x.values.slice(0, 48);
    const small = { values, shape: [24, 2] as const };
    const matrices = {
      ...{ logits: small, activations: [small], inputs: small, labels: labels.slice(0, 24) },
      head: { weights: { values: values.slice(0, 4), shape: [2, 2] as const }, bias: [0, 0] },
    };
    const given = { ...matrices, activations: [matrixSource(small, 1)] };
    const message = new RegExp(
      "^Cannot use the evidence: (penultimate activations|activations of layer 0) are a source of " +
        "rows, this kind of detector needs all rows at once: read them into a matrix, or fit a kind " +
        "whose `sources` is true, such as mahalanobis$",
    );
    await assert.rejects(kind(given), { name: "TypeError", message });
    using detector = await kind(matrices, { heldOut: matrices });
    await assert.rejects(detector.score(given), { name: "TypeError", message });
  });
}

Deno.test("A source of a single block is fitted and scored as the matrix", async () => {
  const few = { values: x.values.slice(0, 1000 * d), shape: [1000, d] as const };
  using expected = await mahalanobis({ ...evidenceOf(few), labels: labels.slice(0, 1000) });
  const scores = await expected.score(evidenceOf(few));
  for (const cut of [1, 333, 512, 1000]) {
    const rows = matrixSource(few, cut);
    using detector = await mahalanobis({ ...evidenceOf(rows), labels: labels.slice(0, 1000) });
    assert.equal(JSON.stringify(detector), JSON.stringify(expected));
    assert.deepEqual(await detector.score(evidenceOf(rows)), scores);
  }
});

Deno.test("Detectors of sources name the row that is not finite, in the block in which it is", async () => {
  const bad = damaged(65_900);
  using onLayer = await mahalanobis({ ...evidenceOf(x), labels });
  using onInputs = await pixelDensity(evidenceOf(x));
  const failing: [() => Promise<unknown>, string][] = [
    [() => mahalanobis({ ...evidenceOf(bad), labels }), "penultimate activations"],
    [() => onLayer.score(evidenceOf(bad)), "penultimate activations"],
    [() => pixelDensity(evidenceOf(bad)), "inputs"],
    [() => onInputs.score(evidenceOf(bad)), "inputs"],
  ];
  for (const [fails, name] of failing) {
    await assert.rejects(fails, {
      name: "RangeError",
      message: new RegExp(`^Cannot use ${name}: .*65900.*NaN`),
    });
  }
});

Deno.test("Detectors refuse sources that do not fit", async () => {
  using fitted = await mahalanobis({ ...evidenceOf(x), labels });
  const narrow = matrixSource({ values: x.values, shape: [2 * n, d / 2] }, 9_000);
  const short: RowSource = { shape: [n + 1, d], blocks: matrixSource(x, 9_000).blocks };
  const shapeless = { shape: null, blocks: short.blocks } as unknown as RowSource;
  const failing: [() => Promise<unknown>, RegExp][] = [
    [
      () => mahalanobis({ ...evidenceOf(matrixSource(x, 9_000)), labels: labels.slice(1) }),
      /RangeError: Cannot use labels: 66099 were given for 66100 rows, one per row is needed/,
    ],
    [
      () => mahalanobis({ activations: [x], logits: [[1]], labels }),
      /RangeError: Cannot use the evidence: penultimate activations have 66100 rows, the logits have 1/,
    ],
    [
      () => mahalanobis({ activations: [matrixSource(x, 50)], logits: [[1]], labels }),
      /RangeError: Cannot use the evidence: penultimate activations have 66100 rows, the logits have 1/,
    ],
    [
      () => fitted.score(evidenceOf(narrow)),
      /RangeError: Cannot use activations of 16 units: the detector was fitted on 32/,
    ],
    [
      () => fitted.score(evidenceOf(short)),
      /RangeError: Cannot read penultimate activations: its source has ended after 66100 of 66101 rows/,
    ],
    [
      () => fitted.score(evidenceOf(shapeless)),
      /RangeError: Cannot read penultimate activations: the shape of its source is null/,
    ],
    [
      () => fitted.score(evidenceOf(x), { sginal: undefined } as object),
      /TypeError: .*sginal.*signal/,
    ],
  ];
  for (const [fails, message] of failing) await assert.rejects(fails, message);
});

for (const kind of detectors.filter(({ sources }) => sources)) {
  Deno.test(`${kind.name} of a source ends with the reason of its signal`, async () => {
    const reason = new Error("enough");
    const detector = await kind({ ...evidenceOf(x), labels });
    for (const use of ["fit", "score"]) {
      const controller = new AbortController();
      const { signal } = controller;
      const rows = evidenceOf(watched(20_000, () => controller.abort(reason)));
      const done = use === "fit"
        ? kind({ ...rows, labels }, { signal })
        : detector.score(rows, { signal });
      await assert.rejects(done, reason);
      await assert.rejects(detector.score(evidenceOf(x), { signal }), reason);
    }
    detector.dispose();
  });
}

Deno.test("detectorNamed() tells beforehand which kinds read sources", () => {
  assert.equal(detectorNamed("ppca").sources, true);
  assert.equal(detectorNamed("knn").sources, false);
});
