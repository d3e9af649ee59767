/**
 * Imports a file of texts in a language.
 *
 * @param what A description of the texts, for messages: `the texts of kmeans-init in Português`.
 * @param load Imports the texts.
 * @throws {TypeError} If the file, or one that it imports, is missing.
 */
export async function importTexts<Module>(
  what: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error)) throw error;
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    const missing = error.message.replace(/\.$/, "");
    throw new TypeError(
      `Cannot read ${what}: ${missing}, copy the English one there and translate it`,
    );
  }
}
