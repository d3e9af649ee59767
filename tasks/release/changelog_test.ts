import assert from "node:assert/strict";
import { closeChangelog, newestVersion, unreleasedNotes } from "./changelog.ts";

const changelog = `# Changelog

## Unreleased

- One change
  on two lines.
- Another.

## 0.2.0 (2026-01-31)

- Older.

## 0.1.0

- First version.
`;

Deno.test("what is not released ends at the next version", () => {
  assert.equal(unreleasedNotes(changelog), "- One change\n  on two lines.\n- Another.");
  assert.equal(unreleasedNotes("# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- First.\n"), "");
  assert.equal(unreleasedNotes("# Changelog\n\n## 0.1.0\n\n- First.\n"), "");
  assert.equal(unreleasedNotes("# Changelog\n\n## Unreleased\n\n- Only.\n"), "- Only.");
});

Deno.test("a closed changelog has the notes under their version, and nothing unreleased", () => {
  const closed = closeChangelog(changelog, "0.3.0", "2026-11-29", "Needs b 1.0.0.");
  assert.equal(
    closed,
    changelog.replace(
      "## Unreleased\n\n- One change\n  on two lines.\n- Another.\n",
      "## Unreleased\n\n## 0.3.0 (2026-11-29)\n\n- One change\n  on two lines.\n- Another.\n- Needs b 1.0.0.\n",
    ),
  );
  assert.equal(unreleasedNotes(closed), "");
  assert.equal(newestVersion(closed), "0.3.0");
  assert.equal(
    closeChangelog("# Changelog\r\n\r\n## Unreleased\r\n\r\n- A.\r\n", "1.0.0", "2026-11-29"),
    "# Changelog\r\n\r\n## Unreleased\n\n## 1.0.0 (2026-11-29)\n\n- A.\n",
  );
});

Deno.test("a changelog that cannot be closed says why", () => {
  assert.throws(() => closeChangelog("# Changelog\n", "0.1.0", "2026-11-29"), SyntaxError);
  assert.throws(() => closeChangelog(changelog, "0.2.0", "2026-11-29"), /version 0\.2\.0 already/);
  assert.throws(
    () => closeChangelog("## Unreleased\n\n## 0.1.0\n", "0.1.1", "2026-11-29"),
    { name: "RangeError", message: /nothing is noted/ },
  );
});

Deno.test("the newest version is the first heading that is one", () => {
  assert.equal(newestVersion(changelog), "0.2.0");
  assert.equal(newestVersion("# Changelog\n\n## Unreleased\n"), null);
  assert.equal(newestVersion("## 1.0.0-rc.1 (2026-01-31)\n"), "1.0.0-rc.1");
});
