import type { JSX } from "preact";
import type { Page } from "../page.ts";
import type { Problem } from "../problem.ts";
import { Command } from "./not_run.tsx";
import { usePage } from "./page_context.ts";

/** The content of a page whose results cannot be shown. */
export function Damaged(
  { page, problems }: { readonly page: Page; readonly problems: readonly Problem[] },
): JSX.Element {
  const { text, language } = usePage();
  return (
    <>
      <h1>{page.title(text, language.tag)}: {text.site.damaged}</h1>
      <p class="standfirst">{text.site.damagedBody}</p>
      <Problems problems={problems} />
    </>
  );
}

/** The notice above a page from which some results had to be left out. */
export function LeftOut({ problems }: { readonly problems: readonly Problem[] }): JSX.Element {
  const { text } = usePage();
  return (
    <section id="left-out" class="left-out">
      <p>{text.site.leftOut}</p>
      <Problems problems={problems} />
    </section>
  );
}

function Problems({ problems }: { readonly problems: readonly Problem[] }): JSX.Element {
  const { text } = usePage();
  const experiments = problems.flatMap(({ experiment }) => experiment ?? []);
  return (
    <>
      <ul class="problems">
        {problems.map(({ message }) => <li key={message}>{message}</li>)}
      </ul>
      {experiments.length > 0 && (
        <>
          <p>{text.site.makeAgain}</p>
          <Command experiments={experiments} />
        </>
      )}
    </>
  );
}
