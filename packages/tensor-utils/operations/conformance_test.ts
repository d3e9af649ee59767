/** Holds the conformance suite to its list: what is named is tested, on every backend. */
import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { registerSimdBackend } from "@mixtape/simd";
import { conformanceBackends } from "../testing/backends.ts";

const texts = [...Deno.readDirSync(new URL(".", import.meta.url))].map(({ name }) => ({
  name,
  text: Deno.readTextFileSync(new URL(name, import.meta.url)),
}));

function find(files: RegExp, pattern: RegExp): string[] {
  const found = texts.filter(({ name }) => files.test(name))
    .flatMap(({ text }) => [...text.matchAll(pattern)].map(([, operation]) => operation));
  return [...new Set(found)].sort();
}

const named = find(/^(?!.*_test\.ts$).*\.ts$/, /backendKernel<[^(]*>\(\s*"(Mixtape\w+)"/g);

Deno.test("every named operation is held to a reference on every backend, and to its bits on threads", () => {
  assert.ok(named.length >= 8, `${named}`);
  assert.deepEqual(find(/_conformance_test\.ts$/, /\bconform\(\s*"(Mixtape\w+)"/g), named);
  assert.deepEqual(find(/_conformance_test\.ts$/, /\bconformThreads\(\s*"(Mixtape\w+)"/g), named);
});

Deno.test("every kernel that simd has for a named operation is one that is called", () => {
  registerSimdBackend();
  const kernels = tf.getKernelsForBackend("simd").map(({ kernelName }) => kernelName);
  assert.deepEqual(kernels.filter((name) => name.startsWith("Mixtape")).sort(), named);
});

Deno.test("named operations are to run on cpu, four kinds of simd, and webgpu", () => {
  assert.deepEqual(conformanceBackends.map(({ label }) => label), [
    "cpu",
    "simd (1 thread, relaxed)",
    "simd (2 threads, relaxed)",
    "simd (1 thread, plain)",
    "simd (2 threads, plain)",
    "webgpu",
  ]);
});
