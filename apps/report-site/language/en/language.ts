import type { LanguageDeclaration } from "../language.ts";
import { english } from "./catalogue.ts";

/** English: its tag, its name in itself, the folder of its pages and its texts. */
export const language: LanguageDeclaration = {
  tag: "en",
  ownName: "English",
  folder: "",
  text: english,
};
