/** Texts of the page of terms. */
export const terms = {
  title: "Terms",
  description: "The terms of the field and the names of the detectors, each in a sentence.",
  heading: "What do the terms mean?",
  question:
    "The words of the field as these pages use them, with their names in the other language of the report.",
  termsTitle: "Terms",
  detectorsLink: "How each detector scores a row",
  detectorsTitle: "Detectors",
  detectorsIntro:
    "Each gives a score, high for a row that belongs. Activations are those of the penultimate layer of a network where nothing else is said, or the rows themselves where there is no network.",
};
