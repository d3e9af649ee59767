import type { Result, UsedData } from "@mixtape/results";
import type { JSX } from "preact";
import { usePage } from "./page_context.ts";

/** A banner with the data that a page's results were made from, and the reason for their choice. */
export function DataBanner({ results }: { readonly results: readonly Result[] }): JSX.Element {
  const { text } = usePage();
  const choices = new Map<string, Result>();
  for (const result of results) choices.set(choiceKey(result), result);
  return (
    <aside class="banner" aria-label={text.site.provenanceData}>
      {choices.size === 0
        ? <p>{text.site.noData}</p>
        : [...choices.values()].map((result) => <Choice key={choiceKey(result)} result={result} />)}
    </aside>
  );
}

function choiceKey({ options, data }: Result): string {
  const own = data.flatMap((one) => one.kind === "table" ? [one.scale, one.rows, one.columns] : []);
  return JSON.stringify([options.dataset, options.profile, titles(data), own]);
}

function Choice({ result }: { readonly result: Result }): JSX.Element {
  const { text, format } = usePage();
  const { dataset, profile } = result.options;
  const inside = titles(result.data.filter((one) => one.role === "in-distribution"));
  const outside = titles(result.data.filter((one) => one.role === "out-of-distribution"));
  if (dataset.used === "own") return <OwnChoice result={result} />;
  const sample = dataset.used === "sample";
  return (
    <p class={sample ? "warning" : undefined}>
      <strong>{text.site.bannerUsed(format.list(inside), format.list(outside))}</strong>{" "}
      {text.site.bannerReasons[dataset.reason]}
      {sample && dataset.reason !== "mnist-unavailable" && ` ${text.site.bannerSample}`}
      {profile === "quick" && ` ${text.site.bannerQuick}`}
    </p>
  );
}

/** The banner of data of one's own: their size, and the scale on which models work. */
function OwnChoice({ result: { data, options } }: { readonly result: Result }): JSX.Element {
  const { text, format } = usePage();
  const { site } = text;
  const [own] = data.filter((one) => one.kind === "table");
  const foreign = titles(data.filter((one) => one.role === "out-of-distribution"));
  return (
    <p>
      <strong>{site.bannerUsed(own.title, format.list(foreign))}</strong>{" "}
      {site.bannerSize(format.count(own.rows), format.count(own.columns))}{" "}
      {own.rows < own.fileRows && `${site.bannerDrawn(format.count(own.fileRows))} `}
      {site.bannerScales[own.scale]}
      {options.profile === "quick" && ` ${site.bannerQuick}`}
    </p>
  );
}

function titles(data: readonly UsedData[]): string[] {
  return data.map((one) => one.title);
}
