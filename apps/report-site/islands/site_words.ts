import { site as english } from "../language/en/site.ts";
import { site as portuguese } from "../language/pt_br/site.ts";
import type { Words } from "./browser_page.ts";

/** The texts that components of any page read, for islands that render them in the browser. */
export const siteWords: Words = { "en": { site: english }, "pt-BR": { site: portuguese } };
