import { benchmarks } from "./benchmarks.ts";
import { derivations } from "./derivations.ts";
import { exercise } from "./exercise.ts";
import { gallery } from "./gallery.ts";
import { missingDerivation } from "./missing_derivation.ts";
import { mixtureDerivation } from "./mixture_derivation.ts";
import { overview } from "./overview.ts";
import { runs } from "./runs.ts";
import { site } from "./site.ts";
import { terms } from "./terms.ts";
import { tryIt } from "./try_it.ts";
import { workers } from "./workers.ts";

/** Every text of the site in English, by page. */
export const english = {
  site,
  overview,
  derivations,
  missingDerivation,
  mixtureDerivation,
  benchmarks,
  runs,
  gallery,
  exercise,
  terms,
  tryIt,
  workers,
};
