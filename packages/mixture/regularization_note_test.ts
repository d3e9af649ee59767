import assert from "node:assert/strict";
import type { MixtureCovariance } from "./mod.ts";
import { checkParameters } from "./parameters.ts";
import { regularizationNote } from "./regularization_note.ts";

/** Two components in two dimensions, the smallest of whose variances is 2, in the layout of each shape. */
const covariances: Record<MixtureCovariance, number[]> = {
  full: [8, 1, 1, 2, 5, -1, -1, 4],
  tied: [8, 1, 1, 2],
  diagonal: [8, 2, 5, 4],
  "tied-diagonal": [8, 2],
  spherical: [8, 2],
};

for (const [name, values] of Object.entries(covariances)) {
  const covariance = name as MixtureCovariance;
  const parameters = checkParameters(
    { covariance, weights: [0.5, 0.5], means: [0, 0, 1, 1], covariances: values },
    2,
    "mixture",
  );
  Deno.test(`regularizationNote() counts the variances of which regularization is more than a hundredth, ${name}`, () => {
    assert.equal(regularizationNote(parameters, 0.02), undefined);
    const own = name === "full" || name === "diagonal" ? 4 : 2;
    const note = `regularization, 0.0201, makes up more than 1% of 1 of ${own} variances ` +
      `(the smallest is 2.00): where these are meant to be as small as the data say, lower it or ` +
      `scale the columns up`;
    assert.equal(regularizationNote(parameters, 0.0201), note);
    assert.match(
      regularizationNote(parameters, 0.09)!,
      new RegExp(`of ${own} of ${own} variances`),
    );
  });
}
