import { portuguese } from "./catalogue.ts";

/** Brazilian Portuguese: its tag, its name in itself, the folder of its pages and its texts. */
export const language = {
  tag: "pt-BR",
  ownName: "Português",
  folder: "pt/",
  text: portuguese,
} as const;
