import type { Catalogue } from "../catalogue.ts";
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

/** Todos os textos do site em português do Brasil, por página. */
export const portuguese: Catalogue = {
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
