import assert from "node:assert/strict";
import { divide, inOrder, modulesIn } from "./run_tests.ts";

const chooses = `import "./door.ts";\n\nawait useBackend("cpu");\nDeno.test("adds", () => {});\n`;
const changes = `Deno.test("adds", async () => {\n  await useBackend("simd");\n});\n`;

Deno.test("divide() loads tests together that are of one folder and backend, and every test once", () => {
  const divided = divide([
    { path: "apps/report-site/links_test.ts", text: "" },
    { path: "packages/ood/door_test.ts", text: chooses },
    { path: "packages/ood/reference_test.ts", text: changes },
    { path: "packages/ood/roc_test.ts", text: "" },
    { path: "apps/report-site/server/answer_test.ts", text: "" },
    { path: "packages/ood/detectors/knn_test.ts", text: chooses },
    { path: "packages/simd/pool_test.ts", text: "" },
    { path: "experiments/words_test.ts", text: "" },
  ]);
  assert.deepEqual([...divided.groups], [
    ["apps/report-site", [
      "apps/report-site/links_test.ts",
      "apps/report-site/server/answer_test.ts",
    ]],
    ["packages/ood on cpu", ["packages/ood/door_test.ts", "packages/ood/detectors/knn_test.ts"]],
    ["packages/ood", ["packages/ood/roc_test.ts"]],
    ["experiments", ["experiments/words_test.ts"]],
  ]);
  assert.deepEqual(divided.single, [
    "packages/ood/reference_test.ts",
    "packages/simd/pool_test.ts",
  ]);
});

Deno.test("inOrder() starts the longest tests first, the longest of them before the others", () => {
  assert.deepEqual(
    inOrder(["a/print_browser_test.ts", "a/b_browser_test.ts", "c/axe_browser_test.ts", "a/c.ts"]),
    ["c/axe_browser_test.ts", "a/print_browser_test.ts", "a/b_browser_test.ts", "a/c.ts"],
  );
  assert.deepEqual(
    inOrder(["a/data_program_test.ts", "b/losses_program_test.ts"]),
    ["b/losses_program_test.ts", "a/data_program_test.ts"],
  );
});

Deno.test("modulesIn() leaves out the folders that the configuration excludes, whose imports may not be had", async () => {
  const paths = await Array.fromAsync(
    modulesIn("apps/report-site", (name) => name === "flags_test.ts"),
  );
  assert.deepEqual(paths, []);
  assert.ok(
    (await Deno.stat(new URL("../apps/report-site/fresh/flags_test.ts", import.meta.url))).isFile,
  );
});
