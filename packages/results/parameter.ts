import { z } from "zod";

/** The value of a parameter. */
export type ParameterValue = string | number | boolean | null | readonly (string | number)[];

/** The schema of the value of a parameter. */
export const parameterValue: z.ZodType<ParameterValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number()])),
]);
