import type { Need } from "@mixtape/results";
import type { JSX } from "preact";
import type { ContentProps, Page } from "../page.ts";
import { usePage } from "./page_context.ts";

/** Properties of {@link Command}. */
export interface CommandProps {
  /** The experiments to run, all of them on the same kind of data; none for all. */
  readonly experiments: readonly string[];
  /** Name of the task; `experiments` unless given. */
  readonly task?: string;
}

/** The command that runs experiments. */
export function Command({ experiments, task = "experiments" }: CommandProps): JSX.Element {
  const { isOnOwnData } = usePage();
  const words = [...experiments, ...experiments.some(isOnOwnData) ? ["--dataset FILE"] : []];
  return (
    <pre
      class="command"
      tabIndex={0}
    ><code>deno task {[task, ...words].join(" ")}</code></pre>
  );
}

/** Properties of {@link NotRun}. */
export interface NotRunProps extends ContentProps {
  /** The page. */
  readonly page: Page;
}

/** The content of a page whose results do not exist yet, or whose experiment does not fit the data. */
export function NotRun({ page, results }: NotRunProps): JSX.Element {
  const { text, language } = usePage();
  const title = page.title(text, language.tag);
  const leftOut = results.selection?.leftOut.find((one) => page.needs.includes(one.experiment));
  if (leftOut !== undefined) {
    return (
      <>
        <h1>{title}: {text.site.leftOutOfRun}</h1>
        <p class="standfirst">
          {text.site.leftOutBody} <Lacking need={leftOut.need} least={leftOut.least} />
        </p>
      </>
    );
  }
  return (
    <>
      <h1>{title}: {text.site.notRun}</h1>
      <p class="standfirst">{text.site.notRunBody}</p>
      <Command experiments={page.needs} />
    </>
  );
}

/** The need of an experiment that the data lack, as a sentence. */
export function Lacking(
  { need, least }: { readonly need: Need; readonly least: number | null },
): JSX.Element {
  const { text, format } = usePage();
  const sentence = text.site.lacking[need](format.count(least ?? 0));
  return (
    <>
      {sentence.split(/(--[a-z-]+)/).map((part, i) =>
        part.startsWith("--") ? <code key={i} class="flag">{part}</code> : part
      )}
    </>
  );
}
