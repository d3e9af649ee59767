/**
 * Holds the options of every function to CONVENTIONS.md, by calling it with wrong ones.
 */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { useBackend } from "@mixtape/tensor-utils";
import { modulesIn } from "./run_tests.ts";
import { optionCases } from "./testing/every_option.ts";

await useBackend("cpu");

for (const { name, call, names } of optionCases) {
  const refused = (options: object, type: string, message: RegExp) =>
    assert.rejects(
      async () => await call(options),
      { name: type, message },
      inspect(options),
    );

  Deno.test(`${name} refuses options that are unknown, null or of the wrong kind, each by its name`, async () => {
    await refused({ slip: 1 }, "TypeError", /^Cannot use the option slip: .*[^.]$/);
    for (const option of names) {
      await refused(
        { [option]: null },
        "TypeError",
        new RegExp(`^Cannot use ${option}: null .*[^.]$`),
      );
      for (const value of [Symbol("odd"), { odd: 1 }]) {
        await refused(
          { [option]: value },
          "TypeError",
          new RegExp(`^Cannot .*${option}.*[^.]$`, "s"),
        );
      }
    }
  });

  if (names.includes("seed")) {
    Deno.test(`${name} takes whole numbers as a seed, 0 if there is none`, async () => {
      const result = async (options: object) => JSON.stringify(await call(options));
      assert.equal(await result({ seed: undefined }), await result({ seed: 0 }));
      await refused({ seed: 0.5 }, "RangeError", /^Cannot use seed: 0\.5 .*[^.]$/);
      await refused({ seed: "1" }, "TypeError", /^Cannot use seed: "1" .*[^.]$/);
    });
  }

  if (names.includes("signal")) {
    Deno.test(`${name} rejects with the reason of a signal that was aborted`, async () => {
      const reason = new TypeError("Cannot go on: enough");
      await assert.rejects(
        async () => await call({ signal: AbortSignal.abort(reason) }),
        (error) => error === reason,
      );
    });
  }

  if (!names.some((option) => /^on[A-Z]|^signal$/.test(option))) continue;
  Deno.test(`${name} is asynchronous, so that a signal and callbacks can come in between`, async () => {
    const result = call({});
    assert.ok(result instanceof Promise);
    await result;
  });
}

Deno.test("properties of exported interfaces are readonly", async () => {
  const isSource = (name: string) => /\.ts$/.test(name) && !/_(test|bench)\.ts$/.test(name);
  const writable: string[] = [];
  for await (const path of modulesIn("packages", isSource)) {
    if (/\/(fixtures|kernels|testing)\//.test(path)) continue;
    const text = await Deno.readTextFile(new URL(`../${path}`, import.meta.url));
    for (const [, name, body] of text.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)) {
      for (const [, property] of body.matchAll(/^ {2}(\w+)\??: /gm)) {
        writable.push(`${path}: ${name}.${property}`);
      }
    }
  }
  assert.deepEqual(writable, []);
});
