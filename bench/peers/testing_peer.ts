/** A peer for the tests of the protocol. */
import { serve } from "./serve.ts";

await serve({ testing: "1.2.3" }, {
  echo: ({ seconds }: { seconds: number }) => ({ seconds, details: { twice: 2 * seconds } }),
  fail: () => {
    throw new RangeError("Cannot do this");
  },
  die: () => Deno.exit(3),
});
