import assert from "node:assert/strict";

const program = `
import { ensureBackend, useBackend } from "@mixtape/tensor-utils";
import * as tf from "@tensorflow/tfjs-core";
await ensureBackend();
const first = tf.getBackend();
const { name } = await useBackend("auto");
const error = await useBackend("simd").catch((error) => error);
console.log(JSON.stringify([first, name, error.name, error.message]));
`;

Deno.test("programs without @mixtape/simd, such as bundles that leave it out, run on cpu", async () => {
  const { imports } = JSON.parse(
    await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
  );
  const folder = await Deno.makeTempDir();
  try {
    const folders = Object.entries<string>(imports)
      .map(([name, target]) => [`${name}/`, `${target.replace("npm:", "npm:/")}/`]);
    const map = {
      imports: {
        ...imports,
        ...Object.fromEntries(folders),
        "@mixtape/tensor-utils": new URL("mod.ts", import.meta.url).href,
        "@mixtape/operations": new URL("../operations/mod.ts", import.meta.url).href,
        "@mixtape/simd": new URL("no_such_module.ts", import.meta.url).href,
      },
    };
    await Deno.writeTextFile(`${folder}/map.json`, JSON.stringify(map));
    await Deno.writeTextFile(`${folder}/main.ts`, program);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...[
          "run",
          "--no-config",
          "--no-lock",
          "--no-check",
          "--no-prompt",
          "--allow-read",
          "--allow-env",
        ],
        ...[`--import-map=${folder}/map.json`, `${folder}/main.ts`],
      ],
    }).output();
    const line = new TextDecoder().decode(stdout).trim();
    assert.notEqual(line, "", new TextDecoder().decode(stderr));
    const [first, name, errorName, message] = JSON.parse(line);
    assert.deepEqual([first, name, errorName], ["cpu", "cpu", "BackendUnavailableError"]);
    assert.match(message, /@mixtape\/simd could not be loaded/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
