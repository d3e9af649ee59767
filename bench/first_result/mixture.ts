/** Fits a mixture to 1,000 rows; timed from the start of Deno. */
import { gaussianMixture } from "@mixtape/mixture";
import { readMatrix } from "../peers/read_array.ts";

using model = await gaussianMixture(readMatrix(Deno.args[0]), { components: 3 });
if (!(model.iterations > 0)) Deno.exit(1);
