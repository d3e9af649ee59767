import type { AttributesOf, OperationName, ResultOf } from "./named_operations.ts";

/** Argument of a kernel, as TensorFlow.js calls its own. */
export interface KernelCall<Name extends OperationName, Backend> {
  /** Nothing: named operations pass everything as attributes. */
  readonly inputs: Readonly<Record<string, never>>;
  /** The attributes of the operation. */
  readonly attrs: AttributesOf<Name>;
  /** The backend that the kernel is registered for. */
  readonly backend: Backend;
}

/** A backend's kernel of a named operation. */
export type NamedKernel<Name extends OperationName, Backend> = (
  call: KernelCall<Name, Backend>,
) => ResultOf<Name>;

/** A kernel of every named operation. */
export type NamedKernels<Backend> = {
  readonly [Name in OperationName]: NamedKernel<Name, Backend>;
};
