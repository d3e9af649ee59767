import assert from "node:assert/strict";
import { formatFor } from "./format.ts";

const english = formatFor("en");
const portuguese = formatFor("pt-BR");

Deno.test("formatFor() writes numbers as the language does", () => {
  assert.equal(english.count(60000), "60,000");
  assert.equal(portuguese.count(60000), "60.000");
  assert.equal(english.decimal(0.9814, 3), "0.981");
  assert.equal(portuguese.decimal(0.9814, 3), "0,981");
  assert.equal(english.percent(0.97246, 2), "97.25%");
  assert.equal(portuguese.percent(0.5), "50,0%");
});

Deno.test("formatFor() writes very large and very small numbers in powers of ten", () => {
  assert.equal(english.significant(153455078289.85, 6), "1.53455 × 10¹¹");
  assert.equal(english.significant(7.4e-11, 2), "7.4 × 10⁻¹¹");
  assert.equal(portuguese.significant(7.4e-11, 2), "7,4 × 10⁻¹¹");
  assert.equal(english.significant(12.345, 3), "12.3");
  assert.equal(english.significant(0), "0");
});

Deno.test("formatFor() writes a minus sign, and none for what rounds to zero", () => {
  assert.equal(english.decimal(-14.39), "−14.39");
  assert.equal(english.decimal(-0.001), "0.00");
});

Deno.test("formatFor() writes time spans in the unit they call for", () => {
  assert.equal(english.duration(0.25), "0.25 ms");
  assert.equal(english.duration(250), "250 ms");
  assert.equal(english.duration(1500), "1.5 s");
  assert.equal(english.duration(59_990), "1 min 0 s");
  assert.equal(english.duration(151_000), "2 min 31 s");
  assert.equal(english.duration(3_720_000), "1 h 2 min");
});

Deno.test("formatFor() writes weight decays, intervals, lists and moments", () => {
  assert.deepEqual([0, 1e-4, 1e-3, 0.01].map(english.weight), ["0", "10⁻⁴", "0.001", "0.01"]);
  assert.equal(english.percentInterval({ low: 0.969, high: 0.975, level: 0.95 }), "96.9–97.5%");
  assert.equal(portuguese.list(["a", "b", "c"]), "a, b e c");
  assert.equal(english.moment("2026-01-02T03:04:05Z"), "January 2, 2026 at 3:04 AM UTC");
  assert.equal(portuguese.stamp("2026-01-02T03:04:05.678Z"), "2026-01-02 03:04:05");
});

Deno.test("formatFor() takes a power of ten out of large values for an axis", () => {
  assert.deepEqual(english.powerOfTen([1.5e11, 2.5e10]), { divisor: 1e11, text: "× 10¹¹" });
  assert.deepEqual(english.powerOfTen([12, -400]), { divisor: 1, text: "" });
});
