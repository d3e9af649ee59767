import { english } from "./catalogue.ts";

/** English: its tag, its name in itself, the folder of its pages and its texts. */
export const language = { tag: "en", ownName: "English", folder: "", text: english } as const;
