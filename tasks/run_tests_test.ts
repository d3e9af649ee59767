import assert from "node:assert/strict";
import { divide } from "./run_tests.ts";

Deno.test("divide() loads tests together that share nothing, and every test once", () => {
  const site = ["apps/report-site/links_test.ts", "apps/report-site/server/answer_test.ts"];
  const words = ["experiments/data/page_test.ts"];
  const single = [
    "experiments/data/run_test.ts",
    "experiments/run/result_store_test.ts",
    "packages/simd/pool_test.ts",
  ];
  const divided = divide([...site, ...single, ...words]);
  assert.deepEqual([...divided.groups], [["apps/report-site", site], ["experiments", words]]);
  assert.deepEqual(divided.single, single);
});
