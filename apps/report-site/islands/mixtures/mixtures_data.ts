import type { GmmOodPayload } from "@mixtape/results";
import type { Origin } from "../../components/origin.ts";

/** What the page hands to the island. */
export interface MixturesData {
  /** Every mixture, with its scores. */
  readonly payload: GmmOodPayload;
  /** What made them. */
  readonly origin: Origin;
}
