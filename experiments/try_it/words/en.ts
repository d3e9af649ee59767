/** Texts of the experiment that makes the models to try; those of the page are the site's. */
export const words = {
  name: "Try it",
  asked: "What do the models say about what you draw?",
  headline: (detector: string, alpha: string): string =>
    `of the other data set are noticed by one \`${detector}\` per class at p ≤ ${alpha}`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
