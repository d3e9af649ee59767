import type { Origin } from "../components/origin.ts";
import type { PageContext } from "../components/page_context.ts";
import type { Catalogue } from "../language/catalogue.ts";
import { formatFor } from "../language/format.ts";
import type { LanguageInfo } from "../language/language.ts";
import { relativeLink } from "../links.ts";

const mediaTypes: Readonly<Record<string, string>> = { csv: "text/csv", json: "application/json" };

/**
 * Makes the page context for components that an island renders in the browser. Files that they attach, such as
 * tables, become links that contain the data.
 *
 * @param path Path of the page without language and extension.
 * @param text The texts of the site that the components use, in the language of the page.
 * @param origins Origins of the numbers.
 * @param names Names of the experiments that the components mention.
 */
export function browserPage(
  path: string,
  text: Partial<Catalogue>,
  origins: readonly Origin[],
  names: Readonly<Record<string, string>> = {},
): PageContext {
  const language = pageLanguage();
  const file = `${language.folder}${path}.html`;
  return {
    page: path.replaceAll("/", "-"),
    path: file,
    origins,
    language,
    text: text as Catalogue,
    format: formatFor(language.tag),
    isOnOwnData: () => false,
    nameOf: (experiment) => names[experiment] ?? experiment,
    link: (target) => relativeLink(file, target),
    attach: (target, content) => {
      const type = mediaTypes[target.split(".").at(-1) ?? ""] ?? "text/plain";
      return `data:${type};charset=utf-8,${encodeURIComponent(content)}`;
    },
    addHeading: () => {},
    noteSummary: () => {},
    typeset: (formula) => {
      throw new TypeError(`Cannot typeset ${formula} in a browser: render it into the page`);
    },
  };
}

/** The language of the page, as its document says. */
export function pageLanguage(): LanguageInfo {
  const { lang, dataset } = document.documentElement;
  return { tag: lang, folder: dataset.folder ?? "" };
}
