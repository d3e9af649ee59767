/** Address of the repository of the project. */
export const repository = "https://github.com/mixtape/mixtape";

/** Scope of the packages in their registry. */
export const registry = "jsr:@mixtape";
