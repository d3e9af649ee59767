import assert from "node:assert/strict";
import { nextVersion, type PackageState, planRelease, unraised } from "./plan.ts";

function state(name: string, more: Partial<PackageState> = {}): PackageState {
  return { name, version: "0.1.0", released: "0.1.0", changed: [], dependencies: [], ...more };
}

Deno.test("below version 1, what breaks raises the second number and what does not the third", () => {
  assert.deepEqual(
    ["0.1.2", "1.2.3"].map((version) =>
      (["patch", "minor", "major"] as const).map((level) => nextVersion(version, level))
    ),
    [["0.1.3", "0.1.3", "0.2.0"], ["1.2.4", "1.3.0", "2.0.0"]],
  );
  assert.throws(() => nextVersion("one", "patch"), SyntaxError);
});

Deno.test("only what changed and did not rise is refused", () => {
  const packages = [
    state("same"),
    state("changed", { changed: ["mod.ts"] }),
    state("raised", { changed: ["mod.ts"], version: "0.1.1" }),
    state("lowered", { changed: ["mod.ts"], version: "0.0.9" }),
    state("new", { changed: ["mod.ts"], released: null }),
  ];
  assert.deepEqual(unraised(packages), ["changed", "lowered"]);
  assert.deepEqual(planRelease(packages, "minor").map(({ name, from, to }) => [name, from, to]), [
    ["changed", "0.1.0", "0.1.1"],
    ["raised", "0.1.1", "0.1.1"],
    ["lowered", "0.0.9", "0.0.10"],
    ["new", "0.1.0", "0.1.0"],
  ]);
});

Deno.test("who imports what left its range is released too, however far above", () => {
  const packages = [
    state("top", { dependencies: ["middle", "floor"] }),
    state("middle", { dependencies: ["floor"] }),
    state("floor", { changed: ["mod.ts"] }),
    state("aside", { dependencies: ["fresh"] }),
    state("fresh", { released: null }),
  ];
  assert.deepEqual(planRelease(packages, "minor").map(({ name }) => name), ["floor", "fresh"]);
  assert.deepEqual(planRelease(packages, "major"), [
    { name: "top", from: "0.1.0", to: "0.1.1", because: ["floor"] },
    { name: "middle", from: "0.1.0", to: "0.1.1", because: ["floor"] },
    { name: "floor", from: "0.1.0", to: "0.2.0", because: [] },
    { name: "fresh", from: "0.1.0", to: "0.1.0", because: [] },
  ]);
});

Deno.test("from version 1, only the first number leaves a range", () => {
  const floor = { version: "1.4.0", released: "1.4.0", changed: ["mod.ts"] };
  const packages = [state("top", { dependencies: ["floor"] }), state("floor", floor)];
  assert.deepEqual(planRelease(packages, "minor").map(({ to }) => to), ["1.5.0"]);
  assert.deepEqual(planRelease(packages, "major").map(({ to }) => to), ["0.1.1", "2.0.0"]);
});
