/**
 * Made-up data that examples of results are built from; for tests only.
 *
 * @module
 */
export { assertSays } from "./assert_says.ts";
export {
  classNames,
  exampleBytes,
  exampleEnvelope,
  exampleSeparation,
  exampleSprite,
  exampleTableEnvelope,
  side,
} from "./example_envelope.ts";
