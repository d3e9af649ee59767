import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { hasAdapter, startWebGpu } from "./testing/adapter.ts";

const ignore = !hasAdapter;

Deno.test("a device is asked for with the limits of its adapter", { ignore }, async () => {
  const { device } = await startWebGpu();
  const adapter = (await navigator.gpu.requestAdapter())!;
  for (
    const limit of [
      "maxBufferSize",
      "maxStorageBufferBindingSize",
      "maxStorageBuffersPerShaderStage",
      "maxComputeWorkgroupStorageSize",
    ] as const
  ) {
    assert.equal(device.limits[limit], adapter.limits[limit], limit);
  }
  // TensorFlow.js alone stays at 8 storage buffers, and gives zeros here.
  const sum = tf.addN(Array.from({ length: 8 }, () => tf.ones([4])));
  assert.deepEqual([...await sum.data()], [8, 8, 8, 8]);
});

Deno.test(
  "a refused command is an error of the next read, and of that alone",
  { ignore },
  async () => {
    const { device } = await startWebGpu();
    const size = 4 * (1 + Math.floor(device.limits.maxStorageBufferBindingSize / 4));
    if (size > device.limits.maxBufferSize) return;
    const tooLong = tf.fill([1, size / 4], 1);
    await assert.rejects(async () => await tf.sum(tooLong).data(), {
      name: "DeviceError",
      message:
        /^Cannot compute on webgpu: the device refused a command \(.+\), use less data at once/,
    });
    tooLong.dispose();
    assert.deepEqual([...await tf.add(tf.scalar(1), 1).data()], [2]);
  },
);

Deno.test("a lost device is an error of every read, until the backend is registered again", {
  ignore,
}, async () => {
  const lost = await startWebGpu();
  // TensorFlow.js computes what is short on the host.
  const tensor = tf.add(tf.fill([5000], 1), 1);
  lost.device.destroy();
  await lost.device.lost;
  for (let read = 0; read < 2; read++) {
    await assert.rejects(async () => await tf.add(tensor, 1).data(), {
      name: "DeviceLostError",
      message: /^Cannot compute on webgpu: the device was lost \(.+\), choose the backend again$/,
    });
  }
  const next = await startWebGpu();
  assert.notEqual(next.device, lost.device);
  assert.deepEqual([...await tf.add(tf.ones([2]), 1).data()], [2, 2]);
});

Deno.test("a backend that is removed gives its device back", { ignore }, async () => {
  const { device } = await startWebGpu();
  tf.removeBackend("webgpu");
  assert.equal((await device.lost).reason, "destroyed");
  assert.notEqual((await startWebGpu()).device, device);
});

Deno.test("products of long rows have the same bits each time", { ignore }, async () => {
  await startWebGpu();
  const wave = (rows: number, columns: number) =>
    tf.tensor2d(Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i)), [
      rows,
      columns,
    ]);
  const [a, b] = [wave(24, 4100), wave(4100, 24)];
  const first = await tf.matMul(a, b).data();
  for (let run = 0; run < 3; run++) assert.deepEqual(await tf.matMul(a, b).data(), first);
});
