import assert from "node:assert/strict";
import { checkIds } from "./derivations.ts";
import { experimentIds, isExperimentId } from "./registry.ts";
import { schemaText } from "./write_schema.ts";

Deno.test("resultsJsonSchema() is what schema.json holds (write_schema.ts writes it)", async () => {
  const committed = await Deno.readTextFile(new URL("./schema.json", import.meta.url));
  assert.equal(committed, schemaText());
});

Deno.test("resultsJsonSchema() has one alternative an experiment, closed to other fields", () => {
  const schema = JSON.parse(schemaText());
  assert.deepEqual(schema.anyOf.map((one: { title: string }) => one.title), experimentIds);
  for (const one of schema.anyOf) assert.equal(one.additionalProperties, false);
});

Deno.test("isExperimentId() knows experiments from other words", () => {
  assert(experimentIds.every(isExperimentId));
  for (const word of ["", "toString", "datum", 3, null]) assert(!isExperimentId(word));
});

Deno.test("checkIds lists every statement once", () => {
  assert.equal(new Set(checkIds).size, checkIds.length);
});
