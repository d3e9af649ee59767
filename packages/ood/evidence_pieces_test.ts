import assert from "node:assert/strict";
import { defineDetector } from "./detector.ts";
import * as state from "./state/mod.ts";

Deno.test("a detector that scores by row is given some rows at a time, all of them in order", async () => {
  const [n, d] = [1000, 300];
  const seen: number[] = [];
  const firstInput = defineDetector({
    name: "first-input",
    title: "First input",
    cite: { authors: "Nobody", title: "An example", year: 2026, url: "https://example.org" },
    needs: ["logits", "penultimate", "inputs"],
    defaults: {},
    state: state.record({}),
    fit: () => ({}),
    byRow: true,
    score(_state, { logits, activations: [layer], inputs }) {
      const rows = logits.shape[0];
      seen.push(rows);
      assert.deepEqual([layer.shape, inputs!.shape], [[rows, 2], [rows, d]]);
      return Float64Array.from({ length: rows }, (_, i) => {
        return inputs!.values[i * d] + logits.values[i] + layer.values[2 * i];
      });
    },
  });
  const columns = (width: number) => ({
    values: Float64Array.from({ length: n * width }, (_, at) => Math.floor(at / width)),
    shape: [n, width],
  });
  const evidence = {
    logits: columns(1),
    activations: [columns(2)],
    inputs: columns(d),
    labels: new Int32Array(n),
  };
  using detector = await firstInput(evidence);
  const scores = await detector.score(evidence);
  assert.deepEqual([...scores], Array.from({ length: n }, (_, i) => 3 * i));
  assert.ok(seen.length > 1, `${seen}`);
  await assert.rejects(
    detector.score(evidence, { signal: AbortSignal.abort(new TypeError("enough")) }),
    TypeError,
  );
});
