/**
 * Holds the options of every function to CONVENTIONS.md, by calling it with wrong ones.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { useBackend } from "@mixtape/tensor-utils";
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
  const packages = fileURLToPath(new URL("../packages", import.meta.url));
  const writable: string[] = [];
  for (const path of await sourcesIn(packages)) {
    const text = await Deno.readTextFile(path);
    for (const [, name, body] of text.matchAll(/^export interface (\w+)[^{]*\{\n(.*?)^\}/gms)) {
      for (const [, property] of body.matchAll(/^ {2}(\w+)\??: /gm)) {
        writable.push(`${path.slice(packages.length + 1)}: ${name}.${property}`);
      }
    }
  }
  assert.deepEqual(writable, []);
});

/** Lists the source files of packages, without tests and what is compiled by other means. */
async function sourcesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    const isLeftOut = /^(fixtures|kernels|node_modules|testing)$|_(test|bench)\.ts$/.test(name);
    if (isLeftOut) continue;
    if (isDirectory) found.push(...await sourcesIn(path));
    else if (name.endsWith(".ts")) found.push(path);
  }
  return found;
}
