import { registerBackend, registerKernel } from "@tensorflow/tfjs-core";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu/dist/backend_cpu.js";
import { addConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Add.js";
import { batchMatMulConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul.js";
import { identityConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Identity.js";
import { multiplyConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply.js";
import { reluConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Relu.js";
import { sigmoidConfig } from "@tensorflow/tfjs-backend-cpu/dist/kernels/Sigmoid.js";

/**
 * Registers TensorFlow.js's `cpu` backend with the kernels that a network of any activation runs to classify: the other
 * 160 are half of the page's script and of the time that its bundling takes.
 */
export function registerCpuBackend(): void {
  registerBackend("cpu", () => new MathBackendCPU(), 1);
  [addConfig, batchMatMulConfig, identityConfig, multiplyConfig, reluConfig, sigmoidConfig]
    .forEach(registerKernel);
}
