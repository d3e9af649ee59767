import type { JSX } from "preact";
import { usePage } from "./page_context.ts";

/** A link to its own place on the page. */
export function Anchor(
  { id, title }: { readonly id: string; readonly title: string },
): JSX.Element {
  const { text } = usePage();
  return <a class="anchor" href={`#${id}`} aria-label={text.site.linkTo(title)}>#</a>;
}
