import assert from "node:assert/strict";
import { disposing } from "./disposing.ts";

Deno.test("disposing() disposes of a resource once, after the work or its failure", async () => {
  for (const fails of [false, true]) {
    const events: string[] = [];
    const resource = { [Symbol.dispose]: () => events.push("disposed") };
    const work = async (given: typeof resource) => {
      assert.equal(given, resource);
      await Promise.resolve();
      events.push("worked");
      if (fails) throw new RangeError("no");
      return 7;
    };
    if (fails) await assert.rejects(disposing(resource, work), RangeError);
    else assert.equal(await disposing(resource, work), 7);
    assert.deepEqual(events, ["worked", "disposed"]);
  }
});

Deno.test("disposing() prefers dispose(), which runtimes without Symbol.dispose have, too", async () => {
  const events: string[] = [];
  const resource = {
    dispose: () => events.push("disposed"),
    [Symbol.dispose]: () => events.push("disposed by the symbol"),
  };
  await disposing(resource, () => events.push("worked"));
  assert.deepEqual(events, ["worked", "disposed"]);
});
