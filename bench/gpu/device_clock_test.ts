import assert from "node:assert/strict";
import { DeviceClock } from "./device_clock.ts";

const adapter = await (globalThis.navigator as Navigator | undefined)?.gpu?.requestAdapter()
  .catch(() => null);
const ignore = !adapter?.features.has("timestamp-query");

Deno.test(
  "a clock of a device times passes, and leaves devices as they were",
  { ignore },
  async () => {
    const device = await adapter!.requestDevice({ requiredFeatures: ["timestamp-query"] });
    const code = `@group(0) @binding(0) var<storage, read_write> x: array<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  var sum = 0u;
  for (var i = 0u; i < 1000u; i++) { sum = sum * 3u + x[(id.x + i) % 64u]; }
  x[id.x % 64u] = sum;
}`;
    const module = device.createShaderModule({ code });
    const pipeline = device.createComputePipeline({
      layout: "auto",
      compute: { module, entryPoint: "main" },
    });
    const buffer = device.createBuffer({ size: 256, usage: GPUBufferUsage.STORAGE });
    const entries = [{ binding: 0, resource: { buffer } }];
    const bindings = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
    const pass = (groups: number) => {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(groups);
      pass.end();
      device.queue.submit([encoder.finish()]);
    };
    const before = GPUCommandEncoder.prototype.beginComputePass;
    const idle = await new DeviceClock(device).stop();
    const clock = new DeviceClock(device);
    for (let i = 0; i < 3; i++) pass(500);
    const busy = await clock.stop();
    assert.equal(idle, 0);
    assert.ok(busy > 0, `${busy}`);
    assert.equal(GPUCommandEncoder.prototype.beginComputePass, before);
    device.destroy();
  },
);
