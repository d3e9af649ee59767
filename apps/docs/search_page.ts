/**
 * The script of the search box, which runs in the reader's browser: it reads the entries from the script beside it,
 * so that search works from files, too.
 *
 * @module
 */
import MiniSearch from "minisearch";
import type { SearchEntry } from "./search_entry.ts";
import { searchWords } from "./search_words.ts";

const shown = 12;

function start(): void {
  const box = document.querySelector<HTMLInputElement>("#search");
  const list = document.querySelector<HTMLElement>("#found");
  const { searchEntries = [] } = globalThis as { searchEntries?: readonly SearchEntry[] };
  if (box === null || list === null) return;
  const search = new MiniSearch<SearchEntry & { id: number }>({
    fields: ["title", "summary", "place"],
    tokenize: searchWords,
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 4, place: 2 }, combineWith: "AND" },
  });
  search.addAll(searchEntries.map((entry, id) => ({ ...entry, id })));
  const show = () => {
    const query = box.value.trim();
    const found = query === "" ? [] : search.search(query).slice(0, shown);
    list.replaceChildren(...found.map(({ id }) => item(searchEntries[id])));
    list.hidden = query === "";
    if (query !== "" && found.length === 0) list.textContent = `Nothing is called “${query}”`;
  };
  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      box.value = "";
      show();
    }
    if (event.key === "Enter") list.querySelector("a")?.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    box.focus();
  });
  box.disabled = false;
  show();
}

function item({ href, title, place, kind, summary }: SearchEntry): HTMLElement {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = title;
  const about = document.createElement("small");
  about.textContent = `${kind} · ${place}`;
  const text = document.createElement("p");
  text.textContent = summary;
  const row = document.createElement("li");
  row.append(link, " ", about, text);
  return row;
}

start();
