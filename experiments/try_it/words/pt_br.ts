import type { Words } from "./en.ts";

/** Textos do experimento que faz os modelos para experimentar. */
export const words: Words = {
  name: "Experimente",
  asked: "O que os modelos dizem sobre o que você desenha?",
  headline: (detector, alpha) =>
    `do outro conjunto de dados são notados por um \`${detector}\` por classe, com p ≤ ${alpha}`,
};
