import { createContext, type Provider } from "preact";
import { useContext } from "preact/hooks";

const context = createContext<unknown>(undefined);

/** Provides components with texts that are not the site's, such as those of an experiment. */
export const WordsProvider: Provider<unknown> = context.Provider;

/** Returns the texts of the nearest {@link WordsProvider}, in the language of the page. */
export function useWords<Words>(): Words {
  const words = useContext(context);
  if (words === undefined) {
    throw new TypeError("Cannot read own words of a page: wrap it in WordsProvider");
  }
  return words as Words;
}
