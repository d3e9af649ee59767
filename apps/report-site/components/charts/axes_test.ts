import assert from "node:assert/strict";
import { formatFor } from "../../language/format.ts";
import { type AxisSpec, exactText, scaledAxis, scaleFor, tickLabels, ticksOf } from "./axes.tsx";

const format = formatFor("en");

function labels(axis: AxisSpec, values: readonly number[]): string[] {
  const scale = scaleFor(axis, values, [0, 500]);
  return tickLabels(axis, ticksOf(axis, scale, 5));
}

Deno.test("tickLabels() writes as many decimals as tell ticks apart", () => {
  assert.deepEqual(labels({ label: "x", format: format.decimal, domain: [0, 1] }, []), [
    "0.0",
    "0.2",
    "0.4",
    "0.6",
    "0.8",
    "1.0",
  ]);
});

Deno.test("tickLabels() writes a logarithmic axis with round values", () => {
  const axis = { label: "x", format: format.decimal, log: true, domain: [0.1, 1] } as const;
  assert.deepEqual(labels(axis, []), ["0.1", "0.2", "0.5", "1"]);
});

Deno.test("tickLabels() divides by the power of ten that is in the label", () => {
  const axis = scaledAxis("x", [0, 2e9], format);
  assert.equal(axis.label, "x (× 10⁹)");
  assert.deepEqual(labels(axis, [0, 2e9]), ["0.0", "0.5", "1.0", "1.5", "2.0"]);
});

Deno.test("ticksOf() keeps to whole numbers where something is counted", () => {
  const axis = { label: "x", format: format.count, whole: true, domain: [1, 3] } as const;
  assert.deepEqual(labels(axis, []), ["1", "2", "3"]);
});

Deno.test("scaleFor() makes room around values that are all the same", () => {
  const scale = scaleFor({ label: "x", format: format.count }, [5, 5], [0, 100]);
  assert(scale(5) > 0 && scale(5) < 100);
});

Deno.test("exactText() writes more digits than a drawing can show, and none for whole numbers", () => {
  const text = (axis: Partial<AxisSpec>, low: number, high: number, value: number) => {
    const spec = {
      label: "",
      format: (one: number, digits: number) => one.toFixed(digits),
      ...axis,
    };
    return exactText(spec, scaleFor({ ...spec, domain: [low, high] }, [], [0, 100]))(value);
  };
  assert.equal(text({}, 0, 1, 0.12345), "0.123");
  assert.equal(text({}, -150, 10, -12.345), "-12.3");
  assert.equal(text({ divisor: 1e10 }, 1.2e10, 1.3e10, 1.254899e10), "1.2549");
  assert.equal(text({ whole: true }, 1, 20, 7), "7");
  assert.equal(text({ log: true }, 0.001, 10, 0.012345), "0.01235");
});

Deno.test("scaleFor() reaches from the smallest to the largest value, wherever they stand, or as far as it is told", () => {
  const axis = { label: "x", format: format.count };
  const ends = (spec: AxisSpec, values: number[]) => scaleFor(spec, values, [0, 100]).domain();
  assert.deepEqual(ends(axis, [3, -4, 20, 7]), [-4, 20]);
  assert.deepEqual(ends(axis, [0.13, 9.71]), [0, 10]);
  assert.deepEqual(ends(axis, [5, 5]), [4.5, 5.5]);
  assert.deepEqual(ends(axis, []), [0, 1]);
  assert.deepEqual(ends({ ...axis, domain: [0.13, 9.71] }, [50]), [0.13, 9.71]);
});

Deno.test("ticksOf() keeps to powers of ten where there would be too many round values", () => {
  const log = { label: "x", format: format.decimal, log: true } as const;
  const ticks = (domain: readonly [number, number], about: number) => {
    const axis = { ...log, domain };
    return ticksOf(axis, scaleFor(axis, [], [0, 100]), about);
  };
  assert.deepEqual(ticks([1, 100], 5), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(ticks([1, 100], 4), [1, 10, 100]);
});

Deno.test("scaledAxis() leaves small values alone", () => {
  assert.deepEqual(scaledAxis("x", [3, -400], format), {
    label: "x",
    format: format.decimal,
    divisor: 1,
  });
});
