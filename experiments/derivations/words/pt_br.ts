import type { Words } from "./en.ts";

/** Textos do experimento que verifica as deduções. */
export const words: Words = {
  name: "Deduções, verificadas",
  asked: "As respostas no papel estão certas?",
  headline: (passed, total) =>
    passed === total
      ? "afirmações das duas deduções valem quando uma máquina as verifica"
      : `de ${total} afirmações das duas deduções valem quando uma máquina as verifica`,
};
