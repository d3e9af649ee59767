/**
 * Pages of the site that experiments fill: they stay here, as their words and scripts are the site's.
 *
 * @module
 */
export { tryItIsland } from "../islands/try_it/island.ts";
export { missingDerivationPage, mixtureDerivationPage } from "./derivations/derivation_page.tsx";
export { tryItPage } from "./try_it.tsx";
