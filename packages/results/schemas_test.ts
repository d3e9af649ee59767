import assert from "node:assert/strict";
import { exampleSchemas } from "./example_test.ts";
import { resultsJsonSchema } from "./schemas.ts";

Deno.test("resultsJsonSchema() has one alternative per experiment, closed to other fields", () => {
  const { anyOf } = resultsJsonSchema(exampleSchemas) as {
    anyOf: { title: string; additionalProperties: boolean }[];
  };
  assert.deepEqual(anyOf.map(({ title }) => title), Object.keys(exampleSchemas));
  for (const one of anyOf) assert.equal(one.additionalProperties, false);
});
