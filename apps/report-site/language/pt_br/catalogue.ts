import { english } from "../en/catalogue.ts";

/** Every text of the site in Brazilian Portuguese, by page. */
export const portuguese: typeof english = english;
