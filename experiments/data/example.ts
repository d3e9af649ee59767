import { classNames, exampleEnvelope, exampleSprite } from "@mixtape/report-site/testing";
import type { DataResult } from "./result.ts";

function dataResult(): DataResult {
  return exampleEnvelope("data", {
    sets: ["shapes", "clothes"].map((name, set) => ({
      name,
      splits: [
        { split: "train" as const, rows: set === 0 ? 400 : 0, classCounts: [110, 90, 105, 95] },
        { split: "test" as const, rows: 200, classCounts: [50, 50, 50, 50] },
      ],
      density: 0.2 + 0.3 * set,
      samples: exampleSprite(`data/${name}-samples.png`, 3, 9),
      classMeans: exampleSprite(`data/${name}-means.png`, classNames.length, classNames.length),
    })),
  });
}

/** A made-up result that conforms, for tests. */
export const example: DataResult = dataResult();
