import type { LanguageDeclaration } from "../language.ts";
import { portuguese } from "./catalogue.ts";
import glossary from "./glossary.json" with { type: "json" };

/** Brazilian Portuguese: its tag, its name in itself, the folder of its pages, its texts and its terms. */
export const language: LanguageDeclaration = {
  tag: "pt-BR",
  ownName: "Português",
  folder: "pt/",
  text: portuguese,
  glossary,
};
