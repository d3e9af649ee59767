import type { Sprite } from "@mixtape/results";
import type { ComponentChildren, JSX } from "preact";
import { Anchor } from "./anchor.tsx";
import { type DataTableProps, TableView } from "./data_table.tsx";
import { usePage } from "./page_context.ts";
import { TableSources } from "./table_sources.tsx";

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
  readonly table?: Omit<DataTableProps, "caption" | "explanation" | "name">;
  /** The images that it shows, to be downloaded. */
  readonly images?: Sprite | readonly Sprite[];
}

/** A figure: title, picture, how to read it, its numbers as a table and as files, and the options that produced it. */
export function Figure(props: FigureProps): JSX.Element {
  const { id, title, caption, children, images } = props;
  const { text, page } = usePage();
  const table = props.table &&
    { ...props.table, caption: title, explanation: caption, name: `${page}-${id}` };
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
        <div class="foot">
          <details>
            <summary>{text.site.numbers}</summary>
            <TableView {...table} />
          </details>
          <TableSources table={table} anchor={id} images={images && [images].flat()} />
        </div>
      )}
    </figure>
  );
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
