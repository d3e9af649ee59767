import type { Sprite } from "@mixtape/results";
import type { ComponentChildren, JSX } from "preact";
import { Anchor } from "./anchor.tsx";
import { type DataTableProps, TableView } from "./data_table.tsx";
import { usePage } from "./page_context.ts";
import { TableSources } from "./table_sources.tsx";

/** Properties of {@link Figure}. */
export interface FigureProps {
  /** Stable anchor, the same in every language. */
  readonly id: string;
  /** Title of the figure. */
  readonly title: string;
  /** Caption: an explanation of how to read the figure. */
  readonly caption: string;
  /** Chart or images; none for a figure that is only a table. */
  readonly children?: ComponentChildren;
  /** The numbers that the figure shows, folded below the picture if there is one; its caption and name come from the figure. */
  readonly table?: Omit<DataTableProps, "caption" | "explanation" | "name">;
  /** Images of the figure, offered for download. */
  readonly images?: Sprite | readonly Sprite[];
}

/** A figure: title, picture, caption, its numbers as a table and as files, and the options that produced it. */
export function Figure(props: FigureProps): JSX.Element {
  const { id, title, caption, children, images } = props;
  const { text, page, addHeading } = usePage();
  addHeading({ id, title, level: 3 });
  const table = props.table &&
    { ...props.table, caption: title, explanation: caption, name: `${page}-${id}` };
  const isDrawn = children !== undefined;
  return (
    <figure id={id}>
      <figcaption>
        <h3>
          {title} <Anchor id={id} title={title} />
        </h3>
        <p>{caption}</p>
      </figcaption>
      {isDrawn && <div class="picture">{children}</div>}
      {table && !isDrawn && <TableView {...table} />}
      {table && (
        <div class="foot">
          {isDrawn && (
            <details>
              <summary>{text.site.numbers}</summary>
              <TableView {...table} />
            </details>
          )}
          <TableSources table={table} anchor={id} images={images && [images].flat()} />
        </div>
      )}
    </figure>
  );
}

/** Properties of {@link Section}. */
export interface SectionProps {
  /** Stable anchor, the same in every language. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /** Content of the section. */
  readonly children: ComponentChildren;
}

/** A part of a page under a heading that can be linked to. */
export function Section({ id, title, children }: SectionProps): JSX.Element {
  usePage().addHeading({ id, title, level: 2 });
  return (
    <section id={id}>
      <h2>
        {title} <Anchor id={id} title={title} />
      </h2>
      {children}
    </section>
  );
}
