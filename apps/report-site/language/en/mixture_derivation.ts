import article from "./mixture_derivation.md" with { type: "text" };

/** Texts of the derivation of EM for Gaussian mixtures. */
export const mixtureDerivation = {
  short: "Derivation: mixtures",
  description: "The derivation of EM for Gaussian mixtures, with machine checks.",
  article: { url: import.meta.resolve("./mixture_derivation.md"), markdown: article },
  traceTitle: "The log-likelihood, step by step",
  traceCaption: "Log-likelihood after each EM step; no step may lower it.",
  traceX: "EM step",
  traceY: "log-likelihood",
};
