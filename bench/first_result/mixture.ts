/** From starting Deno to a mixture of 1,000 rows. */
import { gaussianMixture } from "@mixtape/mixture";
import { readMatrix } from "../peers/read_array.ts";

using model = await gaussianMixture(readMatrix(Deno.args[0]), { components: 3 });
if (!(model.iterations > 0)) Deno.exit(1);
