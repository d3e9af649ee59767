import assert from "node:assert/strict";
import { exampleSchemas } from "./example_test.ts";
import { derivationsPayload } from "./derivations.ts";
import { resultSchema, resultsJsonSchema } from "./schemas.ts";
import { tryItPayload } from "./try_it.ts";

Deno.test("resultSchema() makes the schema of an experiment and payload once, and another for others", () => {
  const [one, two] = [resultSchema("one", tryItPayload), resultSchema("two", tryItPayload)];
  assert.equal(resultSchema("one", tryItPayload), one);
  assert.equal(resultSchema("two", tryItPayload), two);
  assert.notEqual(one, two);
  assert.notEqual(resultSchema("one", derivationsPayload), one);
});

Deno.test("resultsJsonSchema() has one alternative per experiment, closed to other fields", () => {
  const { anyOf } = resultsJsonSchema(exampleSchemas) as {
    anyOf: { title: string; additionalProperties: boolean }[];
  };
  assert.deepEqual(anyOf.map(({ title }) => title), Object.keys(exampleSchemas));
  for (const one of anyOf) assert.equal(one.additionalProperties, false);
});

Deno.test("resultsJsonSchema() names the parts that results share, and no others", () => {
  const { title, $defs } = resultsJsonSchema({ one: tryItPayload, two: derivationsPayload });
  assert.equal(title, "Mixtape results");
  assert.deepEqual(Object.keys($defs as object).filter((name) => !name.startsWith("__")).sort(), [
    "Asset",
    "Interval",
    "Proportion",
    "Provenance",
    "RunOptions",
    "ScoreHistogram",
    "Sprite",
    "UsedImages",
    "UsedTable",
  ]);
});
