/** Texts of the experiment that checks the derivations; those of the pages are the site's. */
export const words = {
  name: "Derivations, checked",
  asked: "Are the pen-and-paper answers right?",
  headline: (passed: string, total: string): string =>
    passed === total
      ? "statements of the two derivations hold when a machine checks them"
      : `of ${total} statements of the two derivations hold when a machine checks them`,
};

/** The texts of the experiment, which every language has. */
export type Words = typeof words;
