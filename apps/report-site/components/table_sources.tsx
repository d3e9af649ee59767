import type { ParameterValue, Sprite } from "@mixtape/results";
import type { JSX } from "preact";
import type { Catalogue } from "../language/catalogue.ts";
import type { Format } from "../language/format.ts";
import type { DataTableProps } from "./data_table.tsx";
import { imagePath } from "./images.tsx";
import type { Origin } from "./origin.ts";
import { usePage } from "./page_context.ts";
import { tableCsv, tableJson } from "./table_files.ts";

/** Properties of {@link TableSources}. */
export interface TableSourcesProps {
  /** Table with the numbers. */
  readonly table: DataTableProps;
  /** Anchor of the table or figure. */
  readonly anchor: string;
  /** Images that the numbers belong to. */
  readonly images?: readonly Sprite[];
}

/** The numbers of a table to download, and the options that produced them. */
export function TableSources({ table, anchor, images = [] }: TableSourcesProps): JSX.Element {
  const { text, language, path, origins: ofPage, attach, link } = usePage();
  const { name, caption, origins = ofPage } = table;
  const file = `${language.folder}tables/${name}`;
  const downloads = [
    { kind: "CSV", as: `${name}.csv`, href: attach(`${file}.csv`, tableCsv(table)) },
    {
      kind: "JSON",
      as: `${name}.json`,
      href: attach(
        `${file}.json`,
        tableJson(table, { page: `${path}#${anchor}`, language: language.tag, origins }),
      ),
    },
    ...images.map((sprite, at) => ({
      kind: images.length > 1 ? `PNG ${at + 1}` : "PNG",
      as: sprite.file.split("/").at(-1),
      href: link(imagePath(sprite)),
    })),
  ];
  return (
    <>
      {origins.length > 0 && <Options origins={origins} all={origins === ofPage} />}
      <p class="download">
        {downloads.map(({ kind, as, href }) => (
          <a
            key={kind}
            href={href}
            download={as}
            aria-label={text.site.downloadAs(caption, kind)}
          >
            {kind}
          </a>
        ))}
      </p>
    </>
  );
}

interface OptionsProps {
  readonly origins: readonly Origin[];
  /** True if the end of the page has the full provenance. */
  readonly all: boolean;
}

function Options({ origins, all }: OptionsProps): JSX.Element {
  const { text } = usePage();
  return (
    <details class="options">
      <summary>{text.site.options}</summary>
      <dl class="options">
        {origins.map(({ name, key, options }) => (
          <div key={`${name} ${key}`}>
            <dt>{name}</dt>
            <dd>
              <OptionList options={options} />
            </dd>
          </div>
        ))}
      </dl>
      {all && (
        <p>
          <a href="#provenance">{text.site.provenance}</a>
        </p>
      )}
    </details>
  );
}

/** Options by their names in the language of the page, as a list within a line. */
export function OptionList(
  { options }: { readonly options: Readonly<Record<string, ParameterValue>> },
): JSX.Element {
  const { text: { site }, format } = usePage();
  const names: Readonly<Record<string, string>> = site.parameters;
  return (
    <ul class="inline">
      {Object.entries(options).map(([key, value]) => (
        <li key={key}>
          {Object.hasOwn(names, key) ? `${names[key]}:` : <code>{key}</code>}{" "}
          {optionText(value, site, format)}
        </li>
      ))}
    </ul>
  );
}

function optionText(
  value: ParameterValue,
  site: Pick<Catalogue["site"], "everyRow" | "yes" | "no">,
  format: Format,
): string {
  if (value === null) return site.everyRow;
  if (typeof value === "object") {
    return value.map((one) => optionText(one, site, format)).join("; ");
  }
  if (typeof value === "boolean") return value ? site.yes : site.no;
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? format.count(value) : format.weight(value);
}
