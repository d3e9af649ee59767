import type { ComponentChildren, JSX } from "preact";
import { DataTable, type DataTableProps } from "./data_table.tsx";
import { usePage } from "./page_context.ts";

/** What {@link Figure} shows. */
export interface FigureProps {
  /** Stable anchor, the same in every language. */
  readonly id: string;
  /** What there is to see. */
  readonly title: string;
  /** How to read it. */
  readonly caption: string;
  /** Chart or images; a table alone has none. */
  readonly children?: ComponentChildren;
  /** The numbers that the figure shows; its caption and name come from the figure. */
  readonly table?: Pick<DataTableProps, "columns" | "rows" | "filters">;
}

/** A figure: title, picture, how to read it, and its numbers as a table. */
export function Figure({ id, title, caption, children, table }: FigureProps): JSX.Element {
  const { text, page } = usePage();
  return (
    <figure id={id}>
      <figcaption>
        <h3>
          {title} <Anchor id={id} title={title} />
        </h3>
        <p>{caption}</p>
      </figcaption>
      {children !== undefined && <div class="picture">{children}</div>}
      {table && (
        <details>
          <summary>{text.site.numbers}</summary>
          <DataTable {...table} caption={title} name={`${page}-${id}`} />
        </details>
      )}
    </figure>
  );
}

/** A link to the very place it stands at. */
export function Anchor(
  { id, title }: { readonly id: string; readonly title: string },
): JSX.Element {
  const { text } = usePage();
  return <a class="anchor" href={`#${id}`} aria-label={text.site.linkTo(title)}>#</a>;
}

/** What {@link Section} shows. */
export interface SectionProps {
  /** Stable anchor, the same in every language. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /** What it holds. */
  readonly children: ComponentChildren;
}

/** A part of a page under a heading that can be linked to. */
export function Section({ id, title, children }: SectionProps): JSX.Element {
  return (
    <section id={id}>
      <h2>
        {title} <Anchor id={id} title={title} />
      </h2>
      {children}
    </section>
  );
}
