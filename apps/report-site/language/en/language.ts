import type { LanguageDeclaration } from "../language.ts";
import { english } from "./catalogue.ts";
import glossary from "./glossary.json" with { type: "json" };

/** English: its tag, its name in itself, the folder of its pages, its texts and its terms. */
export const language: LanguageDeclaration = {
  tag: "en",
  ownName: "English",
  folder: "",
  text: english,
  glossary,
};
