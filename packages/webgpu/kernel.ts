import type { KernelCall, OperationName } from "@mixtape/operations";
import type { CheckedWebGpuBackend } from "./backend.ts";

/** Argument of a kernel of a named operation. */
export type NamedCall<Name extends OperationName> = KernelCall<Name, CheckedWebGpuBackend>;
