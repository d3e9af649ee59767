import type { english } from "./en/catalogue.ts";

/** Every text of the site, by page; what English has, every language must have. */
export type Catalogue = typeof english;
