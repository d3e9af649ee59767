/** Clusters 1,000 rows; timed from the start of Deno. */
import { kMeans } from "@mixtape/clustering";
import { readMatrix } from "../peers/read_array.ts";

using model = await kMeans(readMatrix(Deno.args[0]), { clusters: 10 });
if (!(model.inertia > 0)) Deno.exit(1);
