import assert from "node:assert/strict";
import { formatFor } from "./format.ts";
import { rangeText } from "./range_text.ts";

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

Deno.test("formatFor() tells the counts beside which a noun is in the singular", () => {
  const counts = [0, 1, 2, 10, 21, 101, 1_000_000];
  assert.deepEqual(counts.filter(english.isSingular), [1]);
  assert.deepEqual(counts.filter(portuguese.isSingular), [0, 1]);
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

Deno.test("formatFor() writes shares a hundredfold, with the digits that are asked for", () => {
  assert.equal(english.percent(0.04567), "4.6%");
  assert.equal(english.percent(1, 0), "100%");
  assert.equal(english.percent(-0.00004, 2), "0.00%");
  assert.equal(english.percent(-0.5), "−50.0%");
  assert.deepEqual([0, 1, 2, 3, 4].map((digits) => english.percentTick(0.1275, digits)), [
    "13%",
    "13%",
    "13%",
    "12.8%",
    "12.75%",
  ]);
  const interval = { low: 0.0123, high: 0.4567, level: 0.95 };
  assert.equal(english.percentInterval(interval, 2), "1.23–45.67%");
  assert.equal(portuguese.percentInterval(interval), "1,2–45,7%");
});

Deno.test("formatFor() writes significant digits on both sides of a power of ten", () => {
  const written = [999_999, 1_000_000, -1_234_567, 0.001, 0.00099, 1, 12_345.6];
  assert.deepEqual(written.map((value) => english.significant(value)), [
    "999,999",
    "1.00 × 10⁶",
    "−1.23 × 10⁶",
    "0.00100",
    "9.90 × 10⁻⁴",
    "1.00",
    "12,346",
  ]);
  const rounded = [9.996, 99.96, 999_600, 0.0009996, 9.9951e6].map((value) =>
    english.significant(value)
  );
  assert.deepEqual(rounded, ["10.0", "100", "999,600", "0.00100", "1.00 × 10⁷"]);
  assert.equal(english.significant(1234, 1), "1,234");
  assert.equal(english.significant(0.5, 1), "0.5");
});

Deno.test("formatFor() changes the unit of a time span where the next begins", () => {
  const spans = [
    0,
    0.994,
    0.999,
    999,
    999.6,
    1000,
    59_949,
    59_950,
    60_000,
    3_599_400,
    3_599_500,
    7_260_000,
  ];
  assert.deepEqual(spans.map(english.duration), [
    "0.00 ms",
    "0.99 ms",
    "1 ms",
    "999 ms",
    "1.0 s",
    "1.0 s",
    "59.9 s",
    "1 min 0 s",
    "1 min 0 s",
    "59 min 59 s",
    "1 h 0 min",
    "2 h 1 min",
  ]);
});

Deno.test("formatFor() takes a power of ten out from 100,000 on", () => {
  assert.deepEqual(english.powerOfTen([99_999]), { divisor: 1, text: "" });
  assert.deepEqual(english.powerOfTen([0, 100_000, 5]), { divisor: 1e5, text: "× 10⁵" });
  assert.deepEqual(english.powerOfTen([-2e6, 3]), { divisor: 1e6, text: "× 10⁶" });
  assert.deepEqual(english.powerOfTen([]), { divisor: 1, text: "" });
});

Deno.test("formatFor() writes rounded numbers without a sign of their own", () => {
  assert.equal(english.decimal(-0.0049), "0.00");
  assert.equal(english.decimal(-0.005), "−0.01");
  assert.equal(english.decimal(12), "12.00");
  assert.equal(english.count(-1234), "−1,234");
  assert.equal(english.count(1234.6), "1,235");
  const weights = [1e-3, 5e-4, 2.5e-4, 1.23456, 1e-12];
  assert.deepEqual(weights.map(english.weight), [
    "0.001",
    "5.0 × 10⁻⁴",
    "2.5 × 10⁻⁴",
    "1.23",
    "10⁻¹²",
  ]);
});

Deno.test("rangeText() writes an interval from its lower to its upper end, with three decimals", () => {
  assert.equal(rangeText({ low: 0.95149, high: 0.9731 }, english), "0.951–0.973");
  assert.equal(rangeText({ low: 0.95149, high: 0.9731 }, portuguese), "0,951–0,973");
});
