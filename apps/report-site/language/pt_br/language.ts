import type { LanguageDeclaration } from "../language.ts";
import { portuguese } from "./catalogue.ts";

/** Brazilian Portuguese: its tag, its name in itself, the folder of its pages and its texts. */
export const language: LanguageDeclaration = {
  tag: "pt-BR",
  ownName: "Português",
  folder: "pt/",
  text: portuguese,
};
