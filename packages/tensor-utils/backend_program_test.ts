import assert from "node:assert/strict";

/**
 * Runs a program of its own, which prints JSON.
 *
 * @param program Its text.
 * @param simd Module that stands for @mixtape/simd, a path from here.
 * @returns The parsed value of what it printed.
 */
async function printedBy(program: string, simd = "../simd/mod.ts"): Promise<unknown> {
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
        "@mixtape/simd": new URL(simd, import.meta.url).href,
      },
    };
    await Deno.writeTextFile(`${folder}/map.json`, JSON.stringify(map));
    await Deno.writeTextFile(`${folder}/main.ts`, program);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-config", "--no-lock", "--no-check", "--no-prompt"],
        ...["--allow-read", "--allow-env"],
        ...[`--import-map=${folder}/map.json`, `${folder}/main.ts`],
      ],
    }).output();
    const line = new TextDecoder().decode(stdout).trim();
    assert.notEqual(line, "", new TextDecoder().decode(stderr));
    return JSON.parse(line);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("programs without @mixtape/simd, such as bundles that leave it out, run on cpu", async () => {
  const printed = await printedBy(
    `
import { ensureBackend, useBackend } from "@mixtape/tensor-utils";
import * as tf from "@tensorflow/tfjs-core";
await ensureBackend();
const first = tf.getBackend();
const { name } = await useBackend("auto");
const error = await useBackend("simd").catch((error) => error);
console.log(JSON.stringify([first, name, error.name, error.message]));
`,
    "no_such_module.ts",
  );
  const [first, name, errorName, message] = printed as string[];
  assert.deepEqual([first, name, errorName], ["cpu", "cpu", "BackendUnavailableError"]);
  assert.match(message, /@mixtape\/simd could not be loaded/);
});

Deno.test("a tensor made before any backend says to await tf.ready(), which starts simd", async () => {
  const [error, ready, sum, ensured] = await printedBy(`
import { ensureBackend } from "@mixtape/tensor-utils";
import * as tf from "@tensorflow/tfjs-core";
let error;
try {
  tf.tensor2d([[1, 2]]);
} catch ({ message }) {
  error = message;
}
await tf.ready();
const x = tf.tensor2d([[1, 2]]);
const ready = tf.getBackend();
await ensureBackend();
const sum = [...tf.add(x, x).dataSync()];
console.log(JSON.stringify([error, ready, sum, tf.getBackend()]));
`) as [string, string, number[], string];
  assert.match(error, /await tf\.ready\(\)/);
  assert.deepEqual([ready, sum, ensured], ["simd", [2, 4], "simd"]);
});

Deno.test("a tensor made first is on simd where the program imported that, not on cpu", async () => {
  const program = `
import { ensureBackend } from "@mixtape/tensor-utils";
import * as tf from "@tensorflow/tfjs-core";
import { backendInfo } from "@mixtape/simd";
const x = tf.tensor2d([[1, 2]]);
const started = tf.getBackend();
await ensureBackend();
console.log(JSON.stringify([started, [...x.dataSync()], tf.getBackend(), backendInfo().engine]));
`;
  const [first, ...others] = program.trim().split("\n");
  // Which of the packages is imported first does not matter.
  const reversed = [others[1], others[0], first, ...others.slice(2)].join("\n");
  for (const text of [program, reversed]) {
    assert.deepEqual(await printedBy(text), ["simd", [1, 2], "simd", "wasm"]);
  }
});
