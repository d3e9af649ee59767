import type { JSX } from "preact";
import { filePath } from "./file_path.ts";
import { usePage } from "./page_context.ts";

/** A link to the explanations of the detectors, for pages that name some. */
export function DetectorsLink(): JSX.Element {
  const { text, language, link } = usePage();
  return (
    <p>
      <a href={`${link(filePath({ path: "terms" }, language))}#detectors`}>
        {text.terms.detectorsLink}
      </a>
    </p>
  );
}
