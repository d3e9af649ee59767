/** A device and the adapter that it is of. */
export interface StartedDevice {
  /** The device. */
  readonly device: GPUDevice;
  /** Description of the adapter. */
  readonly adapter: GPUAdapterInfo;
}

/** Limits that are raised to those of the adapter: what WebGPU guarantees is less than kernels need. */
const limits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupsPerDimension",
] as const;

/**
 * Features that are asked for, as many as the device grants. Deno grants native ones that its
 * adapters do not list; browsers refuse a name that they do not know.
 */
const wishes: readonly (readonly string[])[] = [
  ["timestamp-query", "wgpu-shader-f64"],
  ["wgpu-shader-f64"],
  ["timestamp-query"],
  [],
];

/**
 * Requests a device of the fastest adapter, with the adapter's limits and the features that kernels
 * can use.
 *
 * @returns The device, or undefined where there is no adapter.
 * @throws What the adapter says if it grants no device.
 */
export async function requestDevice(): Promise<StartedDevice | undefined> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return undefined;
  // Some adapters have a limit of 2⁶⁴ − 1, which cannot be asked for.
  const requiredLimits = Object.fromEntries(
    limits.map((name) => [name, Math.min(adapter.limits[name], Number.MAX_SAFE_INTEGER)]),
  );
  let refusal: unknown;
  for (const features of wishes) {
    const requiredFeatures = features as GPUFeatureName[];
    try {
      const device = await adapter.requestDevice({ requiredFeatures, requiredLimits });
      return { device, adapter: adapter.info };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}
