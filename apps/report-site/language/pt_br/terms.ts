import type { Catalogue } from "../catalogue.ts";

/** Textos da página de termos. */
export const terms: Catalogue["terms"] = {
  title: "Termos",
  description: "Os termos da área e os nomes dos detectores, cada um em uma frase.",
  heading: "O que significam os termos?",
  question:
    "As palavras da área como estas páginas as usam, com os seus nomes no outro idioma do relatório.",
  termsTitle: "Termos",
  detectorsLink: "Como cada detector pontua uma linha",
  detectorsTitle: "Detectores",
  detectorsIntro:
    "Cada um dá uma pontuação, alta para uma linha que pertence. As ativações são as da penúltima camada de uma rede, se nada mais é dito, ou as próprias linhas, onde não há rede.",
};
