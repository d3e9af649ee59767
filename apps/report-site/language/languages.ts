import type { Catalogue } from "./catalogue.ts";
import { importTexts } from "./import_texts.ts";
import type { Language, LanguageDeclaration, SiteLanguage } from "./language.ts";

/** Every language, the default first: each folder beside this file is one. */
export const languages: readonly SiteLanguage[] = await readLanguages();

/** Every text of the site in `language`. */
export function textIn(language: Language): Catalogue {
  const known = languages.find(({ tag }) => tag === language);
  if (known === undefined) {
    const tags = languages.map(({ tag }) => tag).join(", ");
    throw new RangeError(`Cannot write in ${language}: the languages are ${tags}`);
  }
  return known.text;
}

async function readLanguages(): Promise<SiteLanguage[]> {
  const folders = [...Deno.readDirSync(new URL("./", import.meta.url))]
    .filter(({ isDirectory }) => isDirectory);
  const all = await Promise.all(folders.map(async ({ name }): Promise<SiteLanguage> => {
    const { language } = await importTexts<{ readonly language: LanguageDeclaration }>(
      `the language ${name}`,
      () => import(`./${name}/language.ts`),
    );
    return { ...language, name };
  }));
  return all.sort((a, b) => a.folder < b.folder ? -1 : 1);
}
