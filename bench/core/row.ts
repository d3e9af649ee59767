import type { Inputs } from "../inputs.ts";
import type { Plan } from "./plan.ts";

/** A work to measure and compare, one row of the table. */
export interface Row {
  /** Name on the command line. */
  readonly id: string;
  /** Name to show. */
  readonly title: string;
  /** The size that this row varies, and its value, if it is part of a scaling table. */
  readonly scaling?: { readonly axis: string; readonly value: number };
  /** The profile of the work, and the bound in the way: shown where a bar is missed. */
  readonly bound?: string;
  /**
   * Prepares the inputs of the peers.
   *
   * @param inputs The data.
   * @returns The plan.
   */
  readonly plan: (inputs: Inputs) => Promise<Plan>;
}
