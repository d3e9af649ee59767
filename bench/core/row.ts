import type { Inputs } from "../inputs.ts";
import type { Plan } from "./plan.ts";

/** A work that is compared. */
export interface Row {
  /** What the command line calls it. */
  readonly id: string;
  /** What the table calls it. */
  readonly title: string;
  /** Where it stands on an axis of the scaling table, if it is for that. */
  readonly scaling?: { readonly axis: string; readonly value: number };
  /**
   * Prepares what the peers need.
   *
   * @param inputs The data.
   * @returns What to run.
   */
  readonly plan: (inputs: Inputs) => Promise<Plan>;
}
