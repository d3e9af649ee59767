import type { Island } from "./island.ts";
import { chartsIsland } from "./charts/island.ts";
import { mixturesIsland } from "./mixtures/island.ts";
import { runsIsland } from "./runs/island.ts";
import { stepsIsland } from "./steps/island.ts";
import { tableIsland } from "./table/island.ts";
import { tryItIsland } from "./try_it/island.ts";

/** Every island of the site: a new one is one line here. */
export const islands: readonly Island[] = [
  tryItIsland,
  mixturesIsland,
  runsIsland,
  stepsIsland,
  tableIsland,
  chartsIsland,
];
