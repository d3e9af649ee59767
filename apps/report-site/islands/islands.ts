import type { Island } from "./island.ts";
import { chartsIsland } from "./charts/island.ts";
import { runsIsland } from "./runs/island.ts";
import { stepsIsland } from "./steps/island.ts";
import { tableIsland } from "./table/island.ts";

/** The islands that pages of any experiment may have: a new one is one line here. */
export const islands: readonly Island[] = [
  runsIsland,
  stepsIsland,
  tableIsland,
  chartsIsland,
];
