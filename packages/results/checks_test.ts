import assert from "node:assert/strict";
import { z } from "zod";
import * as schema from "./checks.ts";
import {
  assertKeeps,
  atLeast,
  count,
  flag,
  index,
  magnitude,
  number,
  positive,
  schemaReader,
  share,
  text,
  values,
  words,
} from "./testing/contract.ts";

Deno.test("the shared schemas keep the ranges that their docs give, to the edge", () => {
  const { record, list } = schema;
  assertKeeps(
    {
      count,
      flag,
      index,
      magnitude,
      number,
      positive,
      share,
      text,
      any: atLeast(0, number),
      some: atLeast(3, number),
      table: values([[[0]], [[1, 2], [3, 4]]], [[[]], [[1], [2, 3]], [[-1]], [[0.5]]]),
      word: words("b", "a", "c"),
    },
    schemaReader(record({
      count: schema.count,
      flag: schema.flag,
      index: schema.index,
      magnitude: schema.magnitude,
      number: schema.number,
      positive: schema.positive,
      share: schema.share,
      text: schema.text,
      any: list(schema.number),
      some: list(schema.number, 3),
      table: schema.countTable.refine(() => true),
      word: schema.oneOf(["b", "a", "c"]),
    })),
  );
});

Deno.test("a number that is not finite is refused, and the error says what was given", () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    assert.throws(
      () => schemaReader(schema.record({ a: schema.number }))({ a: value }),
      /at a, expected number/,
    );
  }
});

Deno.test("record() names a schema in JSON Schema where it is given a name", () => {
  const named = schema.record({ a: schema.flag }, "Named");
  const { $defs } = z.toJSONSchema(z.object({ named, plain: schema.record({ a: schema.flag }) }));
  assert.deepEqual(Object.keys($defs ?? {}), ["Named"]);
});
