import assert from "node:assert/strict";
import { join } from "node:path";
import { loads } from "./jsr.ts";

Deno.test("loads() takes the registry that is configured out of reach for no error, but others", async () => {
  const folder = await Deno.makeTempDir();
  try {
    // Nothing listens at this port of loopback.
    const registry = "http://127.0.0.1:9/";
    const configuration = ["--no-config"];
    const needsJsr = join(folder, "needs_jsr.ts");
    await Deno.writeTextFile(needsJsr, `import "${"jsr"}:@mixtape-test/none@1";`);
    assert.equal(await loads(needsJsr, { configuration, registry }), false);
    const plain = join(folder, "plain.ts");
    await Deno.writeTextFile(plain, "export const one = 1;");
    assert.equal(await loads(plain, { configuration, registry }), true);
    const broken = join(folder, "broken.ts");
    await Deno.writeTextFile(broken, "export const = 1;");
    await assert.rejects(loads(broken, { configuration, registry }), TypeError);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
