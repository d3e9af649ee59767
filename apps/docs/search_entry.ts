/** Something that a search can find: a name of a package, or a section of a guide. */
export interface SearchEntry {
  /** Address of its page, from the folder of the documentation. */
  readonly href: string;
  /** Its name or heading. */
  readonly title: string;
  /** Its package, or the guide that it is a section of. */
  readonly place: string;
  /** Its kind: `function`, `class`, `interface`, `section`, … */
  readonly kind: string;
  /** One sentence on it; empty if there is none. */
  readonly summary: string;
}
