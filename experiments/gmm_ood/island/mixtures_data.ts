import type { Origin } from "@mixtape/report-site/components";
import type { GmmOodPayload } from "../result.ts";

/** What the page hands to the island. */
export interface MixturesData {
  /** Every mixture, with its scores. */
  readonly payload: GmmOodPayload;
  /** What made them. */
  readonly origin: Origin;
}
