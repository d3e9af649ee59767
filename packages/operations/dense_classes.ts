import type { DenseForwardAttributes } from "./dense_forward.ts";

/** Attributes of `MixtapeDenseClasses`. */
export type DenseClassesAttributes = Omit<DenseForwardAttributes, "keep">;
