import type { Catalogue } from "../catalogue.ts";
import article from "./mixture_derivation.md" with { type: "text" };

/** Textos da dedução do EM para misturas gaussianas. */
export const mixtureDerivation: Catalogue["mixtureDerivation"] = {
  short: "Dedução: misturas",
  description: "A dedução do EM para misturas gaussianas, com verificações por máquina.",
  article: { url: import.meta.resolve("./mixture_derivation.md"), markdown: article },
  traceTitle: "A log-verossimilhança, passo a passo",
  traceCaption: "Log-verossimilhança depois de cada passo do EM; nenhum passo pode diminuí-la.",
  traceX: "passo do EM",
  traceY: "log-verossimilhança",
};
