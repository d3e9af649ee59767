import { useBackend } from "@mixtape/tensor-utils";
import { registerCpuBackend } from "../cpu_backend.ts";
import { everyActivation } from "./every_activation.ts";

registerCpuBackend();
const outputs = useBackend("cpu").then(everyActivation);
Object.assign(globalThis, { everyActivation: outputs });
