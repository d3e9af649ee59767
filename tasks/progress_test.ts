import assert from "node:assert/strict";
import { formatDuration, startProgress } from "./progress.ts";

function recorded(): { lines: string[]; tick(ms: number): void; now(): number } {
  let clock = 0;
  return { lines: [], tick: (ms) => clock += ms, now: () => clock };
}

Deno.test("startProgress() prints a line when a stage begins and when it ends", () => {
  const clock = recorded();
  {
    using progress = startProgress({
      stages: ["load", { name: "fit", weight: 3 }],
      bar: false,
      print: (line) => clock.lines.push(line),
      now: clock.now,
    });
    progress.stage("load");
    clock.tick(500);
    progress.stage("fit");
    progress.update(0.1, "not printed: too soon");
    clock.tick(20_000);
    progress.update(0.5, "iteration 12");
    progress.update(0.6, "not printed: too soon");
    progress.log("a warning");
    clock.tick(50_000);
    progress.done();
  }
  assert.deepEqual(clock.lines, [
    "[1/2] load",
    "[1/2] load took 0.5 s",
    "[2/2] fit",
    "[2/2] fit: iteration 12, 62%, 12 s left",
    "a warning",
    "[2/2] fit took 1 min 10 s",
  ]);
});

Deno.test("startProgress() allows a stage to be skipped, but neither repeated nor unannounced", () => {
  const progress = startProgress({ stages: ["a", "b", "c"], bar: false, print: () => {} });
  progress.stage("b");
  assert.throws(
    () => progress.stage("a"),
    new RangeError("Cannot begin the stage a: those still to come are c"),
  );
  progress.done();
});

Deno.test("startProgress() prints nothing after done()", () => {
  const lines: string[] = [];
  const progress = startProgress({ stages: ["a"], bar: false, print: (line) => lines.push(line) });
  progress.stage("a");
  progress.done();
  const { length } = lines;
  progress.done();
  progress.update(1);
  assert.equal(lines.length, length);
});

Deno.test("startProgress() does not report the end of a stage when the task failed in it", () => {
  const lines: string[] = [];
  {
    using progress = startProgress({
      stages: ["a"],
      bar: false,
      print: (line) => lines.push(line),
    });
    progress.stage("a");
  }
  assert.deepEqual(lines, ["[1/1] a"]);
});

Deno.test("formatDuration() rounds to the units that people use", () => {
  const cases: [number, string][] = [
    [0, "0.0 s"],
    [840, "0.8 s"],
    [9949, "9.9 s"],
    [9960, "10 s"],
    [59_600, "1 min 0 s"],
    [200_000, "3 min 20 s"],
    [3_900_000, "1 h 5 min"],
    [7_199_000, "2 h 0 min"],
  ];
  for (const [ms, text] of cases) assert.equal(formatDuration(ms), text);
});
