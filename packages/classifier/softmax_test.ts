import assert from "node:assert/strict";
import fc from "fast-check";
import { type HostMatrix, random } from "@mixtape/tensor-utils";
import { assertAllClose, testSeed } from "@mixtape/tensor-utils/testing";
import { calibrationError, softmax } from "./mod.ts";

Deno.test("softmax() is exp over its sum", async () => {
  const logits: HostMatrix = { values: Float64Array.of(0, Math.log(3)), shape: [1, 2] };
  assertAllClose((await softmax(logits)).values, [0.25, 0.75]);
  assertAllClose((await softmax(logits, { temperature: 0.5 })).values, [0.1, 0.9]);
});

Deno.test("softmax() adds up to 1 and does not change when a row is shifted", async () => {
  const logit = fc.double({ min: -1e4, max: 1e4, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.array(logit, { minLength: 1 }), logit, async (row, shift) => {
      const { values } = await softmax({ values: Float64Array.from(row), shape: [1, row.length] });
      assertAllClose([[...values].reduce((a, b) => a + b)], [1], { rtol: 1e-5 });
      const moved = Float64Array.from(row, (z) => z + shift);
      const same = await softmax({ values: moved, shape: [1, row.length] });
      assertAllClose(same.values, values, { rtol: 1e-5, atol: 1e-30 });
    }),
    { seed: 0 },
  );
});

Deno.test("softmax() refuses a temperature that is not above 0", async () => {
  const logits: HostMatrix = { values: Float32Array.of(0, 1), shape: [1, 2] };
  await assert.rejects(softmax(logits, { temperature: 0 }), RangeError);
  await assert.rejects(softmax(logits, { temperature: NaN }), RangeError);
});

Deno.test("softmax() and calibrationError() are their definitions, row by row", async () => {
  const [n, classes, bins] = [200, 5, 7];
  const source = random(testSeed());
  const rows = Array.from(
    { length: n },
    () => Array.from({ length: classes }, () => 2 * source.normal()),
  );
  const labels = rows.map(() => source.integer(classes));
  const logits = { values: Float64Array.from(rows.flat()), shape: [n, classes] as const };
  for (const temperature of [1, 0.4, 3]) {
    const p = rows.map((row) => {
      const powers = row.map((z) => Math.exp(z / temperature));
      return powers.map((power) => power / powers.reduce((a, b) => a + b));
    });
    const found = await softmax(logits, { temperature });
    assert.deepEqual(found.shape, [n, classes]);
    assertAllClose(found.values, p.flat(), { rtol: 1e-6 });

    const expected = Array.from({ length: bins }, (_, bin) => {
      const [from, to] = [bin / bins, (bin + 1) / bins];
      const inside = p.map((_, i) => i).filter((i) => {
        const top = Math.max(...p[i]);
        return top > from && top <= to;
      });
      const count = inside.length;
      const hits = inside.filter((i) => p[i].indexOf(Math.max(...p[i])) === labels[i]).length;
      const sum = inside.reduce((total, i) => total + Math.max(...p[i]), 0);
      return [from, to, count, count && sum / count, count && hits / count];
    });
    const error = await calibrationError(found, labels, { bins });
    const values = error.bins.map((b) => [b.from, b.to, b.count, b.confidence, b.accuracy]);
    assertAllClose(values.flat(), expected.flat(), { rtol: 1e-6 });
    const gaps = expected.map(([, , , confidence, accuracy]) => Math.abs(confidence - accuracy));
    const mean = gaps.reduce((total, gap, bin) => total + gap * expected[bin][2] / n, 0);
    assertAllClose([error.expected, error.maximum], [mean, Math.max(...gaps)], { rtol: 1e-5 });
  }
});
