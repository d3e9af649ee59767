import assert from "node:assert/strict";
import { allLeast } from "./all_least.ts";

Deno.test("allLeast() finds every item with the least value, in their order", () => {
  const items = [{ a: 2 }, { a: 1 }, { a: 3 }, { a: 1 }];
  assert.deepEqual(allLeast(items, ({ a }) => a), [items[1], items[3]]);
  assert.deepEqual(allLeast(items, ({ a }) => -a), [items[2]]);
});
