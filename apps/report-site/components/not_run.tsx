import type { JSX } from "preact";
import type { Page } from "../page.ts";
import { usePage } from "./page_context.ts";

/** The command that runs experiments. */
export function Command(
  { experiments }: { readonly experiments: readonly string[] },
): JSX.Element {
  return (
    <pre
      class="command"
      tabIndex={0}
    ><code>deno task experiments {experiments.join(" ")}</code></pre>
  );
}

/** The content of a page whose results do not exist yet. */
export function NotRun({ page }: { readonly page: Page }): JSX.Element {
  const { text, language } = usePage();
  return (
    <>
      <h1>{page.title(text, language.tag)}: {text.site.notRun}</h1>
      <p class="standfirst">{text.site.notRunBody}</p>
      <Command experiments={page.needs} />
    </>
  );
}
