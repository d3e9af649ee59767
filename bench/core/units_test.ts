import { formatBytes, formatRatio, formatSeconds } from "./units.ts";
import assert from "node:assert/strict";

Deno.test("formatSeconds() chooses the unit and keeps three digits", () => {
  assert.deepEqual(
    [0.0000123, 0.0312, 0.3, 2.8049, 123.4].map(formatSeconds),
    ["12.3 µs", "31.2 ms", "300 ms", "2.80 s", "123 s"],
  );
});

Deno.test("formatRatio() and formatBytes() round to the digits shown", () => {
  assert.deepEqual([0.0567, 1.7, 10.34, 250.2].map(formatRatio), [
    "0.0567×",
    "1.70×",
    "10.3×",
    "250×",
  ]);
  assert.equal(formatBytes(1.5e9), "1500 MB");
});
