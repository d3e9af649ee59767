import assert from "node:assert/strict";
import {
  assertKeeps,
  atLeast,
  magnitude,
  moment,
  orNull,
  positive,
  text,
  values,
} from "./testing/contract.ts";
import { parseWorkerLog } from "./worker_log.ts";

Deno.test("parseWorkerLog() keeps every field, and refuses every damage by its place", () => {
  assertKeeps({
    schemaVersion: values([1], [0, 2]),
    jobs: atLeast(0, {
      experiment: text,
      key: text,
      part: orNull(text),
      worker: text,
      startedAt: moment,
      elapsedMs: magnitude,
      tries: positive,
    }),
  }, (value) => parseWorkerLog(JSON.stringify(value ?? null), { file: "workers.json" }));
});

Deno.test("parseWorkerLog() refuses what is not JSON", () => {
  assert.throws(
    () => parseWorkerLog("{", { file: "a/workers.json" }),
    /^SyntaxError: Cannot read a\/workers\.json: not JSON, /,
  );
});
