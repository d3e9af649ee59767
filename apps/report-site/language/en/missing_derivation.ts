import article from "./missing_derivation.md" with { type: "text" };

/** Texts of the derivation of k-means with missing entries. */
export const missingDerivation = {
  short: "Derivation: missing entries",
  description: "The derivation of k-means with Gaussian missing entries, with machine checks.",
  article: { url: import.meta.resolve("./missing_derivation.md"), markdown: article },
  traceTitle: "The expected cost, half step by half step",
  traceCaption: "Assignment and update take turns; neither may raise the cost.",
  traceX: "half step",
  traceY: "expected cost",
};
