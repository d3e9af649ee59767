import { benchmarks } from "./benchmarks.ts";
import { calibration } from "./calibration.ts";
import { classifier } from "./classifier.ts";
import { collapse } from "./collapse.ts";
import { data } from "./data.ts";
import { derivations } from "./derivations.ts";
import { detectors } from "./detectors.ts";
import { kmeans } from "./kmeans.ts";
import { missing } from "./missing.ts";
import { missingDerivation } from "./missing_derivation.ts";
import { mixtureDerivation } from "./mixture_derivation.ts";
import { mixtures } from "./mixtures.ts";
import { notebook } from "./notebook.ts";
import { overview } from "./overview.ts";
import { runs } from "./runs.ts";
import { site } from "./site.ts";
import { tryIt } from "./try_it.ts";

/** Every text of the site in English, by page. */
export const english = {
  site,
  overview,
  data,
  kmeans,
  missing,
  classifier,
  mixtures,
  detectors,
  collapse,
  calibration,
  notebook,
  derivations,
  missingDerivation,
  mixtureDerivation,
  benchmarks,
  runs,
  tryIt,
};
