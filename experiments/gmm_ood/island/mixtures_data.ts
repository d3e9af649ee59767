import type { Origin } from "@mixtape/report-site/components";
import type { GmmOodPayload } from "../result.ts";

/** The data of the island. */
export interface MixturesData {
  /** Every mixture, with its scores. */
  readonly payload: GmmOodPayload;
  /** Origin of the numbers. */
  readonly origin: Origin;
}
