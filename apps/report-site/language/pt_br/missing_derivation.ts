import type { Catalogue } from "../catalogue.ts";
import article from "./missing_derivation.md" with { type: "text" };

/** Textos da dedução do k-means com entradas ausentes. */
export const missingDerivation: Catalogue["missingDerivation"] = {
  short: "Dedução: entradas ausentes",
  description:
    "A dedução do k-means com entradas ausentes gaussianas, com verificações por máquina.",
  article: { url: import.meta.resolve("./missing_derivation.md"), markdown: article },
  traceTitle: "O custo esperado, meio passo a meio passo",
  traceCaption: "Atribuição e atualização se alternam; nenhuma pode aumentar o custo.",
  traceX: "meio passo",
  traceY: "custo esperado",
};
