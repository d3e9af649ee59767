/** TensorFlow.js as a peer, on its backend `cpu` or `wasm`: `tensorflow_js.ts <backend>`. */
import * as tf from "@tensorflow/tfjs-core";
// The whole library: it brings the gradients, which the core alone lacks.
import "@tensorflow/tfjs";
import { serve } from "./serve.ts";
import { kMeansByProducts } from "./tensorflow_js/k_means.ts";
import { product } from "./mixtape/matrix_product.ts";
import { train } from "./tensorflow_js/train.ts";

const [backend] = Deno.args;

if (backend === "wasm") {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(new URL(".", import.meta.resolve("@tensorflow/tfjs-backend-wasm")).pathname);
}
await tf.setBackend(backend);
// In Deno and Node the cpu backend prints an advertisement for tfjs-node when first used.
(tf.backend() as { firstUse?: boolean }).firstUse = false;

await serve({ "TensorFlow.js": tf.version_core, backend: tf.getBackend() }, {
  "k-means": kMeansByProducts,
  product,
  train,
});
